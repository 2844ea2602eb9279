import { operations, type Duties, type Organisation, type OrganisationRef } from '@datong/contracts'
import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

interface Line extends Pick<Duties, 'purposes' | 'words' | 'revision'> {
  readonly organisation: OrganisationRef
  /** Null where nobody has written a list yet. */
  readonly set: Duties | null
}

/** A line for each department, with its list or an empty one. */
function linesOf(lists: readonly Duties[], organisations: readonly Organisation[]): Line[] {
  const written = lists.map((list): Line => ({ ...list, set: list }))
  const known = new Set(lists.map(({ organisation }) => organisation.code))
  const open = organisations.filter(({ code, kind }) => kind !== 'public' && !known.has(code))
  return [...written, ...open.map(({ code, name, nameEn }): Line => ({ organisation: { code, name, nameEn }, purposes: [], words: [], revision: 0, set: null }))]
}

/** Duty lists of departments: which purposes are theirs. Rules ask for them. */
export function DutiesPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const [changing, setChanging] = useState<Line | null>(null)
  const duties = useApi(operations.listDuties)
  const purposes = useApi(operations.listPurposes, { query: {} })
  const organisations = useApi(operations.listOrganisations)
  const named = new Map(purposes.data?.items.map((one) => [one.code, name(one)]))
  return (
    <>
      <p className="dt-secondary dt-lead">{t('purposes.dutiesIntro')}</p>
      <Panel flush>
        <Loaded of={duties} rows={6}>
          {({ items }) => (
            <ListTable<Line>
              rows={linesOf(items, organisations.data?.items ?? [])} rowKey={({ organisation }) => organisation.code} label={t('purposes.duties')}
              columns={[
                { key: 'organisation', title: t('catalog.column.organisation'), render: (one) => <strong>{name(one.organisation)}</strong> },
                { key: 'purposes', title: t('purposes.title'), render: (one) => <span className="dt-duties">{one.purposes.map((code) => named.get(code) ?? code).join(t('shell.and')) || '–'}</span> },
                { key: 'words', title: t('purposes.dutyWords'), render: (one) => <span className="dt-duties">{one.words.join(t('shell.and')) || '–'}</span> },
                { key: 'changed', title: t('rules.changed'), render: (one) => <span className="dt-nowrap">{one.set ? `${one.set.changedBy.name} · ${format.date(one.set.changedAt)}` : <span className="dt-secondary">{t('purposes.noDuties')}</span>}</span> },
                ...(can(operations.setDuties) ? [{ key: 'act', title: t('board.act'), render: (one: Line) => <Button size="small" aria-label={`${t('common.edit')}：${name(one.organisation)}`} onClick={() => setChanging(one)}>{t('common.edit')}</Button> }] : []),
              ]}
            />
          )}
        </Loaded>
      </Panel>
      {changing && <DutiesDialog duties={changing} purposes={purposes.data?.items.map((one) => ({ value: one.code, label: name(one) })) ?? []} onClose={() => setChanging(null)} />}
    </>
  )
}

function DutiesDialog({ duties, purposes, onClose }: { readonly duties: Line; readonly purposes: readonly { readonly value: string; readonly label: string }[]; readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const save = useAction(operations.setDuties)
  return (
    <ActionDialog<{ purposes: string[]; words: string[]; reason: string }>
      open title={t('purposes.dutiesOf', { organisation: name(duties.organisation) })} submit={t('common.save')} initial={{ purposes: [...duties.purposes], words: [...duties.words] }} onClose={onClose}
      onSubmit={async ({ purposes: codes, words, reason }) => {
        await save.mutateAsync({ params: { organisation: duties.organisation.code }, body: { purposes: codes, words, reason: reason.trim(), revision: duties.revision } })
        void message.success(t('catalog.saved'))
      }}
    >
      <Form.Item name="purposes" label={t('purposes.title')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={[...purposes]} /></Form.Item>
      <Form.Item name="words" label={t('purposes.dutyWords')} extra={t('purposes.dutyWordsHint')}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['，', ',', '、', ' ']} /></Form.Item>
      <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={500} /></Form.Item>
    </ActionDialog>
  )
}
