import { isLesserForm, operations, type Grant } from '@datong/contracts'
import { Alert } from 'antd'
import { useState } from 'react'
import { Navigate, NavLink, Outlet, useLocation, useOutletContext, useParams } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { GrantStateChip } from '../../../shared/ui/state-chip.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { DeliveryAccessProvider, type KeyInUse } from '../access/delivery-access.tsx'
import { accessTo, formsOf } from './forms.ts'
import { KeyPanel } from './key-panel.tsx'
import { QuotaLine } from './quota-line.tsx'
import './workbench.css'

/** Everything that a consumer does with one grant; each form of delivery is a page of its own below. */
export function WorkbenchPage() {
  const { id = '' } = useParams()
  const grant = useApi(operations.getGrant, { params: { id } })
  return <Loaded of={grant} rows={8}>{(data) => <Workbench key={data.id} grant={data} />}</Loaded>
}

/** The grant that the workbench is about. */
export const useGrant = (): Grant => useOutletContext<Grant>()

function Workbench({ grant }: { readonly grant: Grant }) {
  const { t } = useT()
  const name = useName()
  const { user } = useSession()
  const application = useApi(operations.getApplication, { params: { id: grant.applicationId } })
  const by = accessTo(grant, user)
  const [keyInUse, setKeyInUse] = useState<KeyInUse | null>(null)
  return (
    <>
      <PageHeader
        back={{ to: `/console/sharing/grants/${grant.id}`, text: t('workbench.toGrant', { number: grant.number }) }}
        title={t('workbench.title', { entry: grant.entryTitle })}
        chips={<GrantStateChip state={grant.state} />}
        facts={<><span>{name(grant.provider)} → {name(grant.consumer)}</span><span>{t('sharing.untilDate', { date: grant.until })}</span><span>{t('workbench.app', { app: grant.appName })}</span></>}
        actions={<LinkButton to={`/console/calls?grant=${grant.id}`}>{t('workbench.toUse')}</LinkButton>}
      />
      {by === null || grant.state !== 'active'
        ? <Panel><Empty title={by === null ? t('workbench.notYours') : t('workbench.notActive')} hint={by === null ? t('workbench.notYoursHint') : t('workbench.notActiveHint')} action={<LinkButton to={`/console/sharing/grants/${grant.id}`}>{t('sharing.openGrant')}</LinkButton>} /></Panel>
        : (
          <DeliveryAccessProvider code={grant.entryCode} keyInUse={keyInUse}>
            <KeyPanel code={grant.entryCode} needed={by === 'key'} keyInUse={keyInUse} onChange={setKeyInUse} />
            {(by === 'session' || keyInUse !== null) && (
              <Loaded of={application}>
                {({ delivery }) => (
                  <>
                    {isLesserForm(delivery) && <Alert type="info" showIcon className="dt-grant-note" title={t(`workbench.only.${delivery}`)} />}
                    <QuotaLine grant={grant} />
                    <FormTabs grant={grant} forms={formsOf(delivery)} />
                  </>
                )}
              </Loaded>
            )}
          </DeliveryAccessProvider>
        )}
    </>
  )
}

/** The forms as links: each is a page with its own address. */
function FormTabs({ grant, forms }: { readonly grant: Grant; readonly forms: ReturnType<typeof formsOf> }) {
  const { t } = useT()
  const base = `/console/delivery/grants/${grant.id}`
  const here = useLocation().pathname.slice(base.length + 1).replace(/\/$/, '')
  if (!forms.some((form) => form === here)) return <Navigate to={`${base}/${forms[0]}`} replace />
  return (
    <>
      <nav className="dt-work-tabs" aria-label={t('workbench.forms')}>{forms.map((form) => <NavLink key={form} to={`${base}/${form}`} replace>{t(`workbench.form.${form}`)}</NavLink>)}</nav>
      <Outlet context={grant} />
    </>
  )
}
