import { operations, type BodyOf, type Field } from '@datong/contracts'
import { GRADES, type Grade } from '@datong/kernel'
import { Button, Checkbox, Input, InputNumber, Select, Table } from 'antd'
import type { ReactNode } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { GradeChip } from '../../shared/ui/chips.tsx'
import { useNarrow } from '../../shared/ui/use-narrow.ts'
import { ElementChoice } from './edit/element-choice.tsx'

type FieldPatch = NonNullable<BodyOf<typeof operations.updateEntry>['fields']>[number]

/** What a person changed, by name of the field; nothing for a field that stays. */
export type FieldDrafts = Readonly<Record<string, Omit<FieldPatch, 'name'>>>

/** Changes as the server takes them. */
export const changesOf = (drafts: FieldDrafts): FieldPatch[] => Object.entries(drafts).map(([name, draft]) => ({ name, ...draft }))

/** Names of the fields whose grade was set below what the platform suggests; this needs a reason. */
export const lowered = (fields: readonly Field[], drafts: FieldDrafts): string[] =>
  fields
    .filter(({ name, grade, suggestion }) => {
      const wanted = drafts[name]?.grade
      return suggestion !== null && wanted !== undefined && wanted !== grade && GRADES.indexOf(wanted) < GRADES.indexOf(suggestion.grade)
    })
    .map((field) => field.name)

/** What is typed, also when it was emptied; otherwise what is there. */
const draftOf = <K extends keyof Omit<FieldPatch, 'name'>, V>(draft: Omit<FieldPatch, 'name'> | undefined, key: K, there: V): V | NonNullable<FieldPatch[K]> | null => {
  const value = draft?.[key]
  return value === undefined ? there : (value as NonNullable<FieldPatch[K]> | null) // only what is left out is undefined
}

interface FieldsFormProps {
  readonly fields: readonly Field[]
  readonly drafts: FieldDrafts
  readonly onChange: (drafts: FieldDrafts) => void
}

/** Description, grade, mask and identifier of each field; one under the other where there is no room for columns. */
export function FieldsForm({ fields, drafts, onChange }: FieldsFormProps) {
  const { t } = useT()
  const narrow = useNarrow()
  const methods = useApi(operations.listMaskingMethods)
  const masks = [
    { value: '', label: t('common.field.asIs') },
    ...(methods.data?.items.map((method) => ({ value: method.id, label: t.language === 'en' ? method.titleEn : method.title })) ?? []),
  ]
  const codeLists = useApi(operations.listCodeLists)
  const lists = codeLists.data?.items.map((list) => ({ value: list.id, label: `${list.id} ${t.language === 'en' && list.nameEn ? list.nameEn : list.name}` })) ?? []
  const change = (name: string, part: Omit<FieldPatch, 'name'>): void => onChange({ ...drafts, [name]: { ...drafts[name], ...part } })

  const parts: readonly { readonly key: string; readonly title: string; readonly render: (field: Field) => ReactNode }[] = [
    {
      key: 'description', title: t('catalog.form.fieldDescription'),
      render: (field) => (
        <Input
          style={{ minWidth: 180 }} maxLength={1000} aria-label={`${field.name} ${t('catalog.form.fieldDescription')}`} value={drafts[field.name]?.description ?? field.description}
          onChange={(event) => change(field.name, { description: event.target.value })}
        />
      ),
    },
    {
      key: 'grade', title: t('common.field.grade'),
      render: (field) => (
        <Select<Grade>
          style={{ width: 116 }} aria-label={`${field.name} ${t('common.field.grade')}`} value={drafts[field.name]?.grade ?? field.grade} onChange={(grade) => change(field.name, { grade })}
          options={GRADES.map((grade) => ({ value: grade, label: <GradeChip grade={grade} /> }))}
        />
      ),
    },
    {
      key: 'masking', title: t('common.field.masking'),
      render: (field) => {
        const draft = drafts[field.name]
        const current = draft && 'masking' in draft ? (draft.masking ?? '') : (field.masking ?? '')
        return <Select style={{ width: 180 }} aria-label={`${field.name} ${t('common.field.masking')}`} value={current} options={masks} showSearch={{ optionFilterProp: 'label' }} onChange={(value) => change(field.name, { masking: value === '' ? null : value })} />
      },
    },
    {
      key: 'identifier', title: t('catalog.form.identifier'),
      render: (field) => <Checkbox aria-label={`${field.name} ${t('catalog.form.identifier')}`} checked={drafts[field.name]?.identifier ?? field.identifier} onChange={(event) => change(field.name, { identifier: event.target.checked })} />,
    },
    {
      key: 'unit', title: t('entry.field.unit'),
      render: (field) => (
        <Input
          style={{ width: 84 }} maxLength={40} aria-label={`${field.name} ${t('entry.field.unit')}`} value={draftOf(drafts[field.name], 'unit', field.unit) ?? ''}
          onChange={(event) => change(field.name, { unit: event.target.value.trim() === '' ? null : event.target.value })}
        />
      ),
    },
    {
      key: 'maxLength', title: t('entry.field.maxLength'),
      render: (field) => (
        <InputNumber
          style={{ width: 84 }} min={1} precision={0} controls={false} aria-label={`${field.name} ${t('entry.field.maxLength')}`}
          value={draftOf(drafts[field.name], 'maxLength', field.maxLength)} onChange={(maxLength) => change(field.name, { maxLength })}
        />
      ),
    },
    {
      key: 'element', title: t('entry.field.element'),
      render: (field) => (
        <ElementChoice field={field} value={draftOf(drafts[field.name], 'element', field.element)} onChange={(element) => change(field.name, { element })} />
      ),
    },
    {
      key: 'codeList', title: t('entry.field.codeList'),
      render: (field) => (
        <Select
          style={{ width: 150 }} allowClear aria-label={`${field.name} ${t('entry.field.codeList')}`} value={draftOf(drafts[field.name], 'codeList', field.codeList)}
          showSearch={{ optionFilterProp: 'label' }} options={lists} onChange={(codeList: string | undefined) => change(field.name, { codeList: codeList ?? null })}
        />
      ),
    },
    {
      key: 'suggestion', title: t('catalog.suggestion.column'),
      render: ({ name, suggestion }) => suggestion && (
        <Button size="small" onClick={() => change(name, { grade: suggestion.grade, masking: suggestion.masking })}>
          {t(`common.grade.${suggestion.grade}`)}{suggestion.masking && ` · ${masks.find((mask) => mask.value === suggestion.masking)?.label ?? suggestion.masking}`}
        </Button>
      ),
    },
  ]
  const title = (field: Field): ReactNode => <div className="dt-field-name"><span className="dt-field-id">{field.name}</span><div className="dt-secondary">{t(`common.fieldType.${field.type}`)}</div></div>

  return (
    <Table<Field>
      size="small" rowKey="name" dataSource={[...fields]} {...(narrow ? {} : { scroll: { x: 'max-content' } })} pagination={fields.length > 40 ? { pageSize: 40, showSizeChanger: false } : false}
      columns={narrow
        ? [{
            key: 'all', title: t('common.field.name'),
            render: (_, field) => <div className="dt-field-stack">{title(field)}{parts.map((part) => <div key={part.key}><span className="dt-secondary">{part.title}</span>{part.render(field)}</div>)}</div>,
          }]
        : [{ key: 'name', title: t('common.field.name'), render: (_, field) => title(field) }, ...parts.map((part) => ({ key: part.key, title: part.title, render: (_: unknown, field: Field) => part.render(field) }))]}
    />
  )
}
