import { operations, type Credit } from '@datong/contracts'
import { Table } from 'antd'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chart } from '../../shared/ui/chart.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { CreditBar, CreditLegend } from './credit-bar.tsx'
import { Formula } from './credit-page.tsx'
import '../board/board.css'

/** The score of one department: its parts, and the way it took over a year. */
export function DepartmentCreditPage() {
  const { t } = useT()
  const name = useName()
  const { organisation = '' } = useParams()
  const answer = useApi(operations.getCredit, { params: { organisation } })
  return (
    <Loaded of={answer} rows={8}>
      {({ credit, history }) => (
        <>
          <PageHeader back={{ to: '/console/governance', text: t('governance.credit') }} title={name(credit.organisation)} facts={<span>{t('governance.computedOn', { date: credit.day })}</span>} />
          <Components credit={credit} />
          {history.length > 1 && <History history={history} />}
          <Formula />
        </>
      )}
    </Loaded>
  )
}

function Components({ credit }: { readonly credit: Credit }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <Panel title={t('governance.scoreNow', { score: format.number(credit.score, 1) })}>
      <CreditLegend />
      <CreditBar credit={credit} />
      <Table
        size="small" rowKey="name" dataSource={credit.components} pagination={false} scroll={{ x: 'max-content' }} className="dt-credit-table" aria-label={t('governance.parts')}
        columns={[
          { key: 'name', title: t('governance.part'), render: (_, part) => <><strong>{t(`governance.component.${part.name}`)}</strong><div className="dt-secondary">{t(`governance.componentHint.${part.name}`)}</div></> },
          { key: 'cases', title: t('governance.cases'), align: 'right', render: (_, part) => t('governance.casesOf', { good: format.number(part.good, 1), all: format.number(part.all) }) },
          { key: 'value', title: t('governance.value'), align: 'right', render: (_, part) => format.percent(part.value) },
          { key: 'weight', title: t('governance.weight'), align: 'right', render: (_, part) => format.number(part.weight) },
          { key: 'points', title: t('governance.points'), align: 'right', render: (_, part) => format.number(part.points, 1) },
        ]}
      />
      {credit.violations > 0 && <p className="dt-credit-violations">{t('governance.violations', { count: credit.violations, points: credit.violations * 10 })}</p>}
    </Panel>
  )
}

function History({ history }: { readonly history: readonly { readonly day: string; readonly score: number }[] }) {
  const { t } = useT()
  const format = useFormat()
  const option = useMemo(() => ({
    grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', formatter: ([point]: { dataIndex: number }[]) => { const day = point && history[point.dataIndex]; return day ? `${day.day}　${format.number(day.score, 1)}` : '' } },
    xAxis: { type: 'category', data: history.map(({ day }) => day) },
    yAxis: { type: 'value', min: 0, max: 100 },
    series: [{ type: 'line', data: history.map(({ score }) => score), showSymbol: false, lineStyle: { width: 2 } }],
  }), [history, format])
  return <Panel title={t('governance.history')}><Chart option={option} height={220} label={t('governance.historyWords', { from: history[0]?.day ?? '', to: history.at(-1)?.day ?? '' })} /></Panel>
}
