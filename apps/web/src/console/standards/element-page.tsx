import { operations, type ResponseOf } from '@datong/contracts'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { ElementActionDialog, type ElementAction } from './element-actions.tsx'
import { ElementContentList } from './element-content.tsx'
import { ElementDialog } from './element-dialog.tsx'
import { ElementVersions } from './element-versions.tsx'
import { StateOf, ToBeConfirmed } from './standard-chips.tsx'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

/** One data element: what it says, its versions, and the fields that are mapped to it. */
export function ElementPage() {
  const { id = '' } = useParams()
  const read = useApi(operations.getElement, { params: { id } })
  return <Loaded of={read} rows={8}>{(data) => <Element data={data} />}</Loaded>
}

function Element({ data: { element, proposal, versions, allowedActions } }: { readonly data: ResponseOf<typeof operations.getElement> }) {
  const { t } = useT()
  const { can } = useSession()
  const format = useFormat()
  const name = useName()
  const [doing, setDoing] = useState<ElementAction | 'edit' | null>(null)
  return (
    <>
      <PageHeader
        title={name(element)} back={{ to: STANDARDS, text: t('standards.elements') }}
        chips={<><StateOf state={element.state} />{!element.confirmed && <ToBeConfirmed />}</>}
        facts={<><span className="dt-mono">{element.id}</span><span>{t(`standards.categoryName.${element.category}`)}</span><span>{t('standards.versionOf', { version: element.version })}</span><span>{element.inForceFrom ? t('standards.inForceFrom', { date: element.inForceFrom }) : t('standards.sinceInstallation')}</span></>}
        actions={allowedActions.map((action) => <Button key={action} type={action === 'publish' ? 'primary' : 'default'} danger={action === 'abolish'} onClick={() => setDoing(action)}>{t(`standards.action.${action}`)}</Button>)}
      />
      {element.abolishedFrom && <p className="dt-lead">{t('standards.abolishedOn', { date: element.abolishedFrom })}{element.replacedBy && <> <Link to={`${STANDARDS}/elements/${element.replacedBy}`}>{t('standards.replacedBy', { id: element.replacedBy })}</Link></>}</p>}
      {proposal && <Panel title={t('standards.proposal')}><p className="dt-secondary">{t('standards.proposalWaits')}</p><ElementContentList content={proposal} before={element} /></Panel>}
      <Panel title={t('standards.content')}><ElementContentList content={element} /></Panel>
      <ElementVersions versions={versions} />
      {can(operations.elementUses) && <Uses id={element.id} format={format.number} />}
      {doing === 'edit' && <ElementDialog element={element} content={proposal ?? element} onClose={() => setDoing(null)} />}
      {doing !== null && doing !== 'edit' && <ElementActionDialog element={element} action={doing} onClose={() => setDoing(null)} />}
    </>
  )
}

function Uses({ id, format }: { readonly id: string; readonly format: (value: number) => string }) {
  const { t } = useT()
  const name = useName()
  const uses = useApi(operations.elementUses, { params: { id } })
  return (
    <Panel title={t('standards.usedBy')} extra={uses.data && <span className="dt-secondary">{t('standards.usedByCount', { fields: format(uses.data.total) })}</span>}>
      <Loaded of={uses}>
        {({ items }) => (items.length === 0 ? <Empty title={t('standards.unused')} hint={t('standards.unusedHint')} /> : (
          <ListTable
            label={t('standards.usedBy')} rows={items} rowKey={(one) => `${one.entryCode} ${one.field}`} size="small"
            columns={[
              { key: 'entry', title: t('standards.entry'), render: (one) => <Link to={`${STANDARDS}/entries/${one.entryCode}`}>{one.title}</Link> },
              { key: 'field', title: t('standards.field'), render: (one) => one.field },
              { key: 'organisation', title: t('standards.department'), render: (one) => name(one.organisation) },
              { key: 'confirmed', title: t('standards.mappedBy'), render: (one) => t(one.confirmed ? 'standards.byPeople' : 'standards.byMachine') },
              { key: 'conforms', title: t('standards.conformsTitle'), render: (one) => (one.conforms === null ? '—' : t(one.conforms ? 'standards.conforms' : 'standards.conformsNot')) },
            ]}
          />
        ))}
      </Loaded>
    </Panel>
  )
}
