import { LEDGER_KINDS, LEDGER_STATES, type LedgerItem, operations, PROTECTION_LEVELS } from '@datong/contracts'
import { App, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { pick } from '../../shared/ui/pick.ts'

interface Values {
  readonly kind: LedgerItem['kind']
  readonly name: string
  readonly description?: string
  readonly organisation: string
  readonly operator?: string
  readonly partOf?: string | null
  readonly entryCodes?: string[]
  readonly protectionLevel?: number | null
  readonly since?: string | null
  readonly yearlyCost?: number | null
  readonly capacity?: number | null
  readonly used?: number | null
  readonly unit?: string
  readonly state: LedgerItem['state']
}

/** Enters a resource, or changes one. */
export function ItemDialog({ item, onClose }: { readonly item?: LedgerItem; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const { user } = useSession()
  const add = useAction(operations.addToLedger)
  const change = useAction(operations.changeLedgerItem)
  const name = useName()
  const organisations = useApi(operations.listOrganisations)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const submit = async ({ description = '', operator = '', partOf = null, entryCodes = [], protectionLevel = null, since, yearlyCost = null, capacity = null, used = null, unit = '', ...rest }: Values): Promise<void> => {
    const body = { ...rest, name: rest.name.trim(), description: description.trim(), operator: operator.trim(), partOf, entryCodes, protectionLevel, since: since?.trim() || null, yearlyCost, capacity, used, unit: unit.trim() }
    await (item === undefined ? add.mutateAsync({ body }) : change.mutateAsync({ params: { id: item.id }, body: { ...body, revision: item.revision } }))
    void message.success(t('catalog.saved'))
  }
  return (
    <ActionDialog<Values>
      open width={760} title={item?.name ?? t('ledger.add')} submit={t('common.save')} onClose={onClose} onSubmit={submit}
      initial={item ? { ...item, organisation: item.organisation.code, partOf: item.partOf?.id ?? null } : { kind: 'system', state: 'running', ...pick('organisation', user?.organisation?.code) }}
    >
      <div className="dt-form-grid">
        <Form.Item name="kind" label={t('ledger.column.kind')}><Select options={LEDGER_KINDS.map((value) => ({ value, label: t(`ledger.kind.${value}`) }))} /></Form.Item>
        <Form.Item name="state" label={t('ledger.column.state')}><Select options={LEDGER_STATES.map((value) => ({ value, label: t(`ledger.state.${value}`) }))} /></Form.Item>
        <Form.Item name="name" label={t('ledger.column.name')} rules={required}><Input maxLength={200} /></Form.Item>
        <Form.Item name="organisation" label={t('ledger.column.organisation')} rules={[{ required: true, message: t('common.required') }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={(organisations.data?.items ?? []).map((one) => ({ value: one.code, label: name(one) }))} />
        </Form.Item>
      </div>
      <Form.Item name="description" label={t('ledger.description')}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} /></Form.Item>
      <div className="dt-form-grid">
        <Form.Item name="operator" label={t('ledger.operator')}><Input maxLength={200} /></Form.Item>
        <ParentItem {...(item ? { self: item } : {})} />
      </div>
      <EntriesItem {...(item ? { item } : {})} />
      <div className="dt-form-grid">
        <Form.Item name="protectionLevel" label={t('ledger.column.level')}><Select allowClear options={PROTECTION_LEVELS.map((value) => ({ value, label: t('ledger.level', { level: value }) }))} /></Form.Item>
        <Form.Item name="since" label={t('ledger.column.since')} rules={[{ pattern: /^\d{4}-\d{2}-\d{2}$/, message: t('ledger.dateHint') }]}><Input placeholder="2026-11-22" maxLength={10} /></Form.Item>
        <Form.Item name="yearlyCost" label={t('ledger.column.cost')}><InputNumber min={0} precision={2} suffix={t('ledger.yuanUnit')} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="unit" label={t('ledger.unit')} extra={t('ledger.unitHint')}><Input maxLength={20} /></Form.Item>
        <Form.Item name="capacity" label={t('ledger.capacity')}><InputNumber min={0} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="used" label={t('ledger.used')}><InputNumber min={0} style={{ width: '100%' }} /></Form.Item>
      </div>
    </ActionDialog>
  )
}

/** What the resource belongs to, found by name. */
function ParentItem({ self }: { readonly self?: LedgerItem }) {
  const { t } = useT()
  const [words, setWords] = useState('')
  const found = useApi(operations.listLedger, { query: { limit: 20, ...pick('q', words || undefined) } }, { keepPrevious: true })
  const options = (found.data?.items ?? []).filter(({ id }) => id !== self?.id).map(({ id, name }) => ({ value: id, label: name }))
  const known = self?.partOf && !options.some(({ value }) => value === self.partOf?.id) ? [{ value: self.partOf.id, label: self.partOf.name }, ...options] : options
  return <Form.Item name="partOf" label={t('ledger.partOf')}><Select allowClear showSearch={{ filterOption: false, onSearch: setWords }} options={known} notFoundContent={t('ledger.none')} /></Form.Item>
}

/** Entries that the resource stands for, found by title or code. */
function EntriesItem({ item }: { readonly item?: LedgerItem }) {
  const { t } = useT()
  const [words, setWords] = useState('')
  const found = useApi(operations.searchEntries, { query: { limit: 20, ...pick('q', words || undefined) } }, { keepPrevious: true })
  const options = new Map([...(item?.entries ?? []), ...(found.data?.items ?? [])].map(({ code, title }) => [code, { value: code, label: `${title}（${code}）` }]))
  return <Form.Item name="entryCodes" label={t('ledger.column.entries')} extra={t('ledger.entriesHint')}><Select mode="multiple" showSearch={{ filterOption: false, onSearch: setWords }} options={[...options.values()]} /></Form.Item>
}
