import { operations, type Derived } from '@datong/contracts'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { EvidenceSeal } from '../../../shared/ui/evidence-seal.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { DeliveryAccessProvider } from '../access/delivery-access.tsx'
import { DefinitionView } from './definition-view.tsx'
import { DerivedState } from './derived-state.tsx'
import { Protection } from './protection.tsx'
import { TryOut } from './try-out.tsx'
import './derived.css'

/** One derived interface: what protects it, what it asks, a place to try it, its versions. */
export function DerivedPage() {
  const { id = '' } = useParams()
  const derived = useApi(operations.getDerived, { params: { id } })
  return <Loaded of={derived} rows={8}>{(data) => <DerivedView derived={data} />}</Loaded>
}

function DerivedView({ derived }: { readonly derived: Derived }) {
  const { t } = useT()
  const name = useName()
  const { user, can } = useSession()
  const [retiring, setRetiring] = useState(false)
  const retire = useAction(operations.retireDerived)
  const own = can(operations.changeDerived) && user?.organisation?.code === derived.organisation.code
  const active = derived.state === 'active'
  return (
    <>
      <PageHeader
        back={{ to: '/console/calls/derived', text: t('derived.title') }} title={derived.title} chips={<DerivedState derived={derived} />}
        facts={<><span className="dt-mono">{derived.name}</span><span>{name(derived.organisation)}</span><span>{t('derived.versionIs', { version: derived.version })}</span></>}
        actions={own && active && <><LinkButton to={`/console/calls/derived/${derived.id}/edit`}>{t('common.edit')}</LinkButton><Button danger onClick={() => setRetiring(true)}>{t('derived.retire')}</Button></>}
      />
      {derived.problem !== null && active && <Alert type="error" showIcon className="dt-grant-note" title={own ? t('derived.broken') : t('derived.notYours')} description={t.maybe('errors.', derived.problem)} />}
      <div className="dt-columns">
        <div>
          {own && active && <DeliveryAccessProvider code="" keyInUse={null}><TryOut key={derived.version} derived={derived} /></DeliveryAccessProvider>}
          <DefinitionView definition={derived.definition} />
        </div>
        <div>
          {derived.effective && <Protection effective={derived.effective} />}
          <Versions history={derived.history} />
        </div>
      </div>
      <ActionDialog<{ reason: string }>
        open={retiring} danger title={t('derived.retireTitle', { title: derived.title })} intro={t('derived.retireIntro')} submit={t('derived.retire')} onClose={() => setRetiring(false)}
        onSubmit={({ reason }) => retire.mutateAsync({ params: { id: derived.id }, body: { reason: reason.trim(), revision: derived.revision } })}
      >
        <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={2} maxLength={500} autoFocus /></Form.Item>
      </ActionDialog>
    </>
  )
}

function Versions({ history }: { readonly history: Derived['history'] }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <Panel title={t('derived.versions')}>
      <ol className="dt-derived-versions">
        {history.toSorted((a, b) => b.version - a.version).map((one) => (
          <li key={one.version}><span><strong>{t('derived.versionIs', { version: one.version })}</strong><span className="dt-secondary"> {one.by.name} · {format.dateTime(one.at)}</span></span><EvidenceSeal receiptId={one.receiptId} /></li>
        ))}
      </ol>
    </Panel>
  )
}
