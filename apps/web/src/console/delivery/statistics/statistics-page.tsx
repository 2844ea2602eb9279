import { BarChartOutlined } from '@ant-design/icons'
import { operations, urlOf } from '@datong/contracts'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { AnswerLine } from '../access/answer-line.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useSending } from '../access/send.ts'
import { Samples } from '../workbench/samples.tsx'
import { SendLine } from '../workbench/send-line.tsx'
import { useGrant } from '../workbench/workbench-page.tsx'
import { MOST_FIELDS, type Statistics } from './groups.ts'
import { StatisticsView, StatisticsWords } from './statistics-view.tsx'

/** Counts in the place of rows: choose fields, and learn how many rows have which values. */
export function StatisticsPage() {
  const { t } = useT()
  const { code } = useDeliveryAccess()
  const { fields } = useGrant()
  const [by, setBy] = useState<readonly string[]>([])
  const { busy, answer, error, send } = useSending()
  const path = urlOf(operations.readStatistics, { code }, { by: by.join(',') })
  const none = by.length === 0
  const statistics = answer?.json as Statistics | undefined // the answer of readStatistics
  return (
    <>
      <Panel title={t('workbench.statistics.title')}>
        <p className="dt-secondary dt-lead">{t('workbench.statistics.hint')}</p>
        <form
          className="dt-work-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (!none) void send({ method: 'GET', url: path })
          }}
        >
          <label className="dt-work-row">
            <span className="dt-secondary">{t('workbench.statistics.by')}</span>
            <Select mode="multiple" allowClear maxCount={MOST_FIELDS} placeholder={t('workbench.statistics.choose')} value={[...by]} onChange={setBy} options={fields.map(({ name }) => ({ value: name, label: name }))} />
          </label>
          <SendLine path={path}><Button type="primary" htmlType="submit" icon={<BarChartOutlined />} loading={busy} disabled={none}>{t('workbench.statistics.ask')}</Button></SendLine>
        </form>
        <div role="status" className="dt-work-answer">
          {error !== undefined && <ErrorState error={error} />}
          {statistics && <StatisticsWords statistics={statistics} />}
        </div>
        {answer && statistics && (
          <>
            <StatisticsView statistics={statistics} />
            <div className="dt-work-answer"><AnswerLine answer={answer} /></div>
          </>
        )}
      </Panel>
      <Samples purpose="statistics" />
    </>
  )
}
