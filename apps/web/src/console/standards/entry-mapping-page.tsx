import { type MappedField, operations, type ResponseOf } from '@datong/contracts'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { Figure } from '../../shared/ui/figure.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { Confidence, reasonText } from './reasons.tsx'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

/** Mapping and conformity of an entry's fields, with what to do to raise the figure. */
export function EntryMappingPage() {
  const { code = '' } = useParams()
  const read = useApi(operations.getEntryConformity, { params: { code } })
  return <Loaded of={read} rows={8}>{(data) => <Entry data={data} />}</Loaded>
}

function Entry({ data }: { readonly data: ResponseOf<typeof operations.getEntryConformity> }) {
  const { t } = useT()
  const { can } = useSession()
  const format = useFormat()
  const name = useName()
  const unmapped = data.items.filter(({ element }) => element === null)
  const suggested = unmapped.filter(({ candidates }) => candidates.length > 0)
  const failing = data.items.filter(({ conforms }) => conforms === false)
  const each = data.fields === 0 ? '' : format.percent(1 / data.fields, 1)
  return (
    <>
      <PageHeader
        title={data.title} back={{ to: `${STANDARDS}/conformity`, text: t('standards.conformity') }} facts={<><span className="dt-mono">{data.entryCode}</span><span>{name(data.organisation)}</span><span>{t('standards.measuredOn', { date: format.dateTime(data.measuredAt) })}</span></>}
        actions={<Link to={`/console/catalog/${data.entryCode}${can(operations.updateEntry) ? '/edit' : ''}`}><Button>{t(can(operations.updateEntry) ? 'standards.editFields' : 'standards.openEntry')}</Button></Link>}
      />
      <div className="dt-figures">
        <Figure label={t('standards.conformsTitle')} value={data.conformity === null ? '—' : format.percent(data.conformity, 1)} />
        <Figure label={t('standards.conformingFields')} value={`${data.conforming} / ${data.fields}`} />
        <Figure label={t('standards.mappedFields')} value={`${data.mapped} / ${data.fields}`} />
      </div>
      {data.conforming < data.fields && (
        <Panel title={t('standards.todo')}>
          <ul className="dt-issues">
            {suggested.length > 0 && <li>{t('standards.todoConfirm', { fields: suggested.map((one) => one.name).join('、'), each })}</li>}
            {failing.map((field) => <li key={field.name}>{t('standards.todoMend', { field: field.name, faults: field.faults.map((fault) => reasonText(fault, t)).join(t('standards.comma')), each })}</li>)}
            {unmapped.length > suggested.length && <li>{t('standards.todoPropose', { fields: unmapped.filter(({ candidates }) => candidates.length === 0).map((one) => one.name).join('、') })}</li>}
          </ul>
        </Panel>
      )}
      <Panel title={t('standards.fields')} flush><Fields fields={data.items} elements={data.elements} /></Panel>
    </>
  )
}

type Named = ResponseOf<typeof operations.getEntryConformity>['elements']

function Fields({ fields, elements }: { readonly fields: readonly MappedField[]; readonly elements: Named }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const byId = new Map(elements.map((element) => [element.id, name(element)]))
  const link = (id: string) => <Link to={`${STANDARDS}/elements/${id}`} title={id}>{byId.get(id) ?? id}</Link>
  return (
    <ListTable<MappedField>
      label={t('standards.fields')} rows={fields} rowKey={({ name }) => name} size="small"
      columns={[
        { key: 'name', title: t('standards.field'), render: (one) => <strong>{one.name}</strong> },
        { key: 'element', title: t('standards.element'), render: (one) => (one.element === null ? '—' : link(one.element)) },
        { key: 'by', title: t('standards.mappedBy'), render: (one) => (one.element === null ? '—' : t(one.confirmed ? 'standards.byPeople' : 'standards.byMachine')) },
        {
          key: 'candidates', title: t('standards.suggested'),
          render: ({ name: field, candidates }) => (candidates.length === 0 ? '—' : <span className="dt-chips">{candidates.slice(0, 2).map((one) => <span key={one.element}>{link(one.element)}<Confidence field={`${field} ${one.element}`} confidence={one.confidence} reasons={one.reasons} /></span>)}</span>),
        },
        { key: 'conforms', title: t('standards.conformsTitle'), render: (one) => (one.conforms === null ? '—' : <Chip tone={one.conforms ? 'jade' : 'gamboge'}>{t(one.conforms ? 'standards.conforms' : 'standards.conformsNot')}</Chip>) },
        { key: 'aspects', title: t('standards.aspects'), render: (one) => <span className="dt-std-aspects">{one.aspects.flatMap(({ aspect, score }) => (score === null ? [] : [<span key={aspect}>{t(`standards.aspect.${aspect}`)} {format.percent(score, 0)}</span>]))}</span> },
      ]}
    />
  )
}
