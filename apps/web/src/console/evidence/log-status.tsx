import { operations } from '@datong/contracts'
import { Alert, Button, Table } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState, Loaded } from '../../shared/ui/states.tsx'
import './evidence.css'

/** State of the log: how long, signed by which key, when it was last checked whole and with what result. */
export function LogStatus() {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const status = useApi(operations.evidenceStatus)
  const start = useAction(operations.startAudit)
  const [auditId, setAuditId] = useState<string | null>(null)
  const running = useApi(operations.getAudit, { params: { id: auditId ?? '' } }, {
    enabled: auditId !== null,
    refetchMs: (last) => (last === undefined || last.state === 'running' ? 1000 : false),
  })
  const audit = running.data ?? status.data?.lastAudit ?? null
  const mayCheck = can(operations.startAudit)
  const check = (
    <Button
      loading={start.isPending || audit?.state === 'running'}
      onClick={() => start.mutate({ body: {} }, { onSuccess: (begun) => setAuditId(begun.id) })}
    >
      {t('evidence.checkAll')}
    </Button>
  )
  return (
    <Panel title={t('evidence.log')} extra={mayCheck && check}>
      <Loaded of={status} rows={2}>
        {(data) => (
          <dl className="dt-def">
            <dt>{t('evidence.size')}</dt><dd>{t('evidence.sizeWords', { size: format.number(data.size), pending: format.number(data.pending) })}</dd>
            <dt>{t('evidence.key')}</dt><dd className="dt-key"><span className="dt-mono">{data.verifierKey}</span> <CopyButton text={data.verifierKey} /></dd>
            <dt>{t('evidence.lastCheck')}</dt>
            <dd>
              {audit === null ? t('evidence.neverChecked') : (
                <span className={`dt-audit-${audit.state}`}>
                  {t(`evidence.audit.${audit.state}`)} · {t('evidence.checkedOf', { checked: format.number(audit.checked), entries: format.number(audit.entries) })} · {format.dateTime(audit.finishedAt ?? audit.startedAt)}
                </span>
              )}
            </dd>
          </dl>
        )}
      </Loaded>
      {start.error && <ErrorState error={start.error} />}
      {audit?.state === 'damaged' && (
        <div className="dt-damages">
          <Alert type="error" showIcon title={t('evidence.damages', { count: audit.damages.length })} />
          <Table
            size="small" rowKey={(damage) => `${damage.where}/${damage.kind}`} dataSource={audit.damages} pagination={audit.damages.length > 10 ? { pageSize: 10 } : false} scroll={{ x: 'max-content' }}
            columns={[
              { key: 'where', title: t('evidence.where'), render: (_, damage) => <span className="dt-mono">{damage.where}</span> },
              { key: 'kind', title: t('evidence.kind'), render: (_, damage) => t.maybe('evidence.damage:', damage.kind) },
              { key: 'detail', title: t('evidence.detail'), render: (_, damage) => damage.detail },
            ]}
          />
        </div>
      )}
    </Panel>
  )
}
