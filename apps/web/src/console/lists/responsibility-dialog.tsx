import { operations, type Responsibility } from '@datong/contracts'
import { App, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { OwnEntrySelect } from './own-entry-select.tsx'

interface Values {
  readonly organisation?: string
  readonly item?: string
  readonly legalBasis?: string
  readonly dataNamed?: string
  readonly dueOn?: string
  readonly entryCode?: string | null
}

/** Adds or changes an item; a provider only ties an entry to it. */
export function ResponsibilityDialog({ item, onClose }: { readonly item: Responsibility | null; readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const { has } = useSession()
  const [organisation, setOrganisation] = useState(item?.department.code)
  const add = useAction(operations.addResponsibility)
  const change = useAction(operations.changeResponsibility)
  const organisations = useApi(operations.listOrganisations)
  const proposals = useApi(operations.proposeResponsibilities, { query: { organisation: organisation ?? '' } }, { enabled: item === null && organisation !== undefined })
  const steward = has('steward')
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const bodyOf = (values: Values) => ({
    organisation: values.organisation ?? '', item: values.item?.trim() ?? '', legalBasis: values.legalBasis?.trim() ?? '', dataNamed: values.dataNamed?.trim() ?? '', dueOn: values.dueOn ? values.dueOn : null, entryCode: values.entryCode ?? null,
  })
  return (
    <ActionDialog<Values>
      open title={item === null ? t('lists.add') : item.item} submit={t('common.save')} onClose={onClose}
      initial={item === null ? {} : { organisation: item.department.code, item: item.item, legalBasis: item.legalBasis, dataNamed: item.dataNamed, ...(item.dueOn ? { dueOn: item.dueOn } : {}), entryCode: item.entry?.code ?? null }}
      onSubmit={async (values) => {
        if (item === null) await add.mutateAsync({ body: bodyOf(values) })
        else await change.mutateAsync({ params: { id: item.id }, body: { ...(steward ? bodyOf(values) : { entryCode: values.entryCode ?? null }), revision: item.revision } })
        void message.success(t('catalog.saved'))
      }}
    >
      {steward && (
        <>
          <Form.Item name="organisation" label={t('catalog.column.organisation')} rules={required}>
            <Select showSearch={{ optionFilterProp: 'label' }} onChange={setOrganisation} options={(organisations.data?.items ?? []).filter(({ kind }) => kind !== 'public').map((one) => ({ value: one.code, label: name(one) }))} />
          </Form.Item>
          {(proposals.data?.items.length ?? 0) > 0 && <p className="dt-secondary">{t('lists.proposals')} {proposals.data?.items.slice(0, 8).map(({ item: proposed }) => proposed).join(t('shell.and'))}</p>}
          <Form.Item name="item" label={t('lists.item')} rules={required}><Input maxLength={200} /></Form.Item>
          <Form.Item name="legalBasis" label={t('lists.legalBasis')}><Input maxLength={500} /></Form.Item>
          <Form.Item name="dataNamed" label={t('lists.dataNamed')}><Input maxLength={500} /></Form.Item>
          <Form.Item name="dueOn" label={t('lists.dueOn')}><Input type="date" style={{ width: 200 }} /></Form.Item>
        </>
      )}
      {organisation && <Form.Item name="entryCode" label={t('lists.entry')}><OwnEntrySelect key={organisation} organisation={organisation} known={item?.entry ?? null} /></Form.Item>}
    </ActionDialog>
  )
}
