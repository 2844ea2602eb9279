import { InboxOutlined } from '@ant-design/icons'
import type { WatermarkReading } from '@datong/contracts'
import { useMutation } from '@tanstack/react-query'
import { Alert, Table, Upload } from 'antd'
import { Link } from 'react-router'
import { explain } from '../../shared/api/problem.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { GrantStateChip } from '../../shared/ui/state-chip.tsx'
import { readFoundFile } from './read-file.ts'

/** Whose a found file was: under which grants it was delivered, and how sure that is. */
export function WatermarkPage() {
  const { t } = useT()
  const reading = useMutation({ mutationFn: readFoundFile })
  return (
    <>
      <p className="dt-secondary dt-protection-intro">{t('protection.watermark.intro')}</p>
      <Panel title={t('protection.watermark.file')}>
        <Upload.Dragger accept=".csv,.txt,.tsv,.xlsx,.xls,.json,.ndjson,.jsonl" maxCount={1} showUploadList={false} disabled={reading.isPending} beforeUpload={(file) => { reading.mutate(file); return false }}>
          <p className="ant-upload-drag-icon"><InboxOutlined /></p>
          <p>{reading.isPending ? t('protection.watermark.reading', { name: reading.variables.name }) : t('protection.watermark.drop')}</p>
          <p className="dt-secondary">{t('protection.watermark.formats')}</p>
        </Upload.Dragger>
      </Panel>
      <div aria-live="polite">
        {reading.isError && <Alert type="error" showIcon title={explain(reading.error, t).text} />}
        {reading.data && <Reading reading={reading.data} name={reading.variables?.name ?? ''} />}
      </div>
    </>
  )
}

const TONE = { found: 'warning', none: 'info', 'too-little': 'info' } as const

function Reading({ reading, name }: { readonly reading: WatermarkReading; readonly name: string }) {
  const { t } = useT()
  const format = useFormat()
  const nameOf = useName()
  const { verdict, matches, rows, pairs, grantsLookedAt, sha256, receiptId } = reading
  return (
    <>
      <Alert
        type={TONE[verdict]} showIcon className="dt-grant-note"
        title={verdict === 'found' ? t('protection.watermark.found', { count: matches.length }) : grantsLookedAt === 0 ? t('protection.watermark.noneLooked') : t(`protection.watermark.${verdict}`)}
        description={<>{name} · <span className="dt-mono">{sha256.slice(0, 16)}…</span> · <Link to={`/console/evidence/receipts/${receiptId}`}>{t('protection.watermark.receipt')}</Link></>}
      />
      <div className="dt-figures">
        <Figure label={t('protection.watermark.rows')} value={format.number(rows)} />
        <Figure label={t('protection.watermark.pairs')} value={format.number(pairs)} />
        <Figure label={t('protection.watermark.grants')} value={format.number(grantsLookedAt)} />
      </div>
      {matches.length > 0 && (
        <Panel title={t('protection.watermark.matches')} flush>
          <Table
            size="middle" rowKey={(match) => `${match.grantId} ${match.fields.join()}`} dataSource={matches} pagination={false} scroll={{ x: 'max-content' }}
            columns={[
              {
                key: 'grant', title: t('sharing.column.grant'),
                render: (_, match) => (
                  <div className="dt-cell-title">
                    <Link to={`/console/sharing/grants/${match.grantId}`}>{match.entryTitle}</Link>
                    <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{match.grantNumber}</span> · {nameOf(match.provider)}</div>
                  </div>
                ),
              },
              { key: 'consumer', title: t('protection.watermark.consumer'), render: (_, match) => <strong>{nameOf(match.consumer)}</strong> },
              { key: 'state', title: t('sharing.column.state'), render: (_, match) => <GrantStateChip state={match.state} /> },
              { key: 'agreeing', title: t('protection.watermark.agreeing'), render: (_, match) => t('protection.watermark.agreeingOf', { agreeing: format.number(match.agreeing), pairs: format.number(match.pairs) }) },
              { key: 'chance', title: t('protection.watermark.chance'), render: (_, match) => <span className="dt-nowrap">{t('protection.watermark.chanceWords', { exponent: Math.floor(-match.chanceLog10) })}</span> },
            ]}
          />
        </Panel>
      )}
      <p className="dt-secondary">{t('protection.watermark.limits')}</p>
    </>
  )
}
