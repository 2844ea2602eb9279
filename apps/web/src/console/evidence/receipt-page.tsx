import { operations, type EvidenceReceipt } from '@datong/contracts'
import { CheckCircleFilled, DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { saveFile } from '../../shared/api/use-download.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { DetailValue } from './detail-value.tsx'
import './evidence.css'

/** One receipt: who, when, on what ground, what, and the proof that anybody can check. */
export function ReceiptPage() {
  const { id = '' } = useParams()
  const receipt = useApi(operations.getReceipt, { params: { id } }, { refetchMs: (last) => (last?.state === 'pending' ? 1000 : false) })
  return <Loaded of={receipt} rows={8}>{(data) => <ReceiptView receipt={data} />}</Loaded>
}

/** The page of what a record is about, where it has one. */
function pageOf({ type, id }: EvidenceReceipt['item']['body']['subject']): string | null {
  const pages: Readonly<Record<string, string>> = {
    entry: `/console/catalog/${id}`, load: `/console/collection/loads/${id}`, version: `/console/catalog/${id.split('/')[0]}?tab=versions`,
    application: `/console/sharing/applications/${id}`, grant: `/console/sharing/grants/${id}`,
  }
  return pages[type] ?? null
}

function ReceiptView({ receipt }: { readonly receipt: EvidenceReceipt }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const organisations = useApi(operations.listOrganisations)
  const { item, proof } = receipt
  const { body } = item
  const organisation = organisations.data?.items.find((one) => one.code === body.actor.organisation)
  const title = t.maybe('evidence.action:', body.action)
  const page = pageOf(body.subject)
  const command = `npx datong verify ${item.id}.json`
  return (
    <>
      <PageHeader {...(can(operations.listEvidence) ? { back: { to: '/console/evidence', text: t('shell.nav.evidence') } } : {})} title={t('evidence.receipt')} />
      <div className="dt-columns">
        <section className="dt-receipt">
          <header>
            <span className="dt-seal dt-seal-large" aria-hidden>证</span>
            <div>
              <h2>{item.leafIndex === null ? title : t('evidence.number', { number: format.number(item.leafIndex) })}</h2>
              <p className={receipt.state === 'sequenced' ? 'dt-receipt-ok' : 'dt-secondary'}>
                {receipt.state === 'sequenced' ? <><CheckCircleFilled aria-hidden /> {t('evidence.sequenced')}</> : t('evidence.pendingWords')}
              </p>
            </div>
          </header>
          <dl className="dt-def">
            <dt>{t('evidence.what')}</dt><dd><strong>{title}</strong></dd>
            <dt>{t('evidence.about')}</dt><dd>{page ? <Link to={page}>{body.subject.title || body.subject.id}</Link> : body.subject.title || body.subject.id}</dd>
            <dt>{t('evidence.who')}</dt><dd>{[organisation && name(organisation), body.actor.name].filter(Boolean).join(' / ')}</dd>
            <dt>{t('evidence.when')}</dt><dd><time dateTime={item.at}>{format.dateTime(item.at)}</time> <span className="dt-secondary dt-mono">{item.at}</span></dd>
            <Ground detail={body.detail} />
            {Object.entries(body.detail).map(([key, value]) => (
              <DetailRow key={key} label={t.maybe('evidence.detail:', key)}><DetailValue name={key} value={value} subject={body.subject.type} /></DetailRow>
            ))}
          </dl>
        </section>
        <aside>
          <Panel title={t('evidence.proof')}>
            {proof ? (
              <dl className="dt-def">
                <dt>{t('evidence.inclusion')}</dt><dd>{t('evidence.steps', { count: proof.inclusion.length })}</dd>
                <dt>{t('evidence.position')}</dt><dd>{t('evidence.positionOf', { index: format.number(proof.leafIndex), size: format.number(proof.treeSize) })}</dd>
                <dt>{t('evidence.checkpoint')}</dt><dd><pre className="dt-note" tabIndex={0}>{proof.checkpoint}</pre></dd>
              </dl>
            ) : <p className="dt-secondary">{t('evidence.pendingWords')}</p>}
            <Button
              block type="primary" icon={<DownloadOutlined />}
              onClick={() => saveFile(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }), `${item.id}.json`)}
            >
              {t('evidence.download')}
            </Button>
          </Panel>
          <Panel title={t('evidence.verify')}>
            <p className="dt-secondary">{t('evidence.verifyHow')}</p>
            <div className="dt-command"><code>{command}</code><CopyButton text={command} /></div>
            <p className="dt-secondary">{t('evidence.verifyKey')}</p>
            <p className="dt-mono">{receipt.verifierKey}</p>
          </Panel>
        </aside>
      </div>
    </>
  )
}

/** On which grant data left, and how much: the answer to "on what ground" in one line. */
function Ground({ detail }: { readonly detail: EvidenceReceipt['item']['body']['detail'] }) {
  const { t } = useT()
  const format = useFormat()
  const { grant, grantId, rows, fields } = detail
  if (typeof rows !== 'number' || !Array.isArray(fields)) return null
  return (
    <>
      <dt>{t('evidence.ground')}</dt>
      <dd>
        {typeof grant === 'string' && <>{typeof grantId === 'string' ? <Link to={`/console/sharing/grants/${grantId}`}>{t('evidence.byGrant', { number: grant })}</Link> : t('evidence.byGrant', { number: grant })} · </>}
        {t('evidence.took', { rows: format.number(rows), fields: fields.length })}
      </dd>
    </>
  )
}

function DetailRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
