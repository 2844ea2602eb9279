import { operations, type EntryDifferences } from '@datong/contracts'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { useValueWords } from './value-words.ts'
import './revisions.css'

/** What differs between two revisions, readable: before struck out, after beside it. */
export function DifferencesView({ code, from, to }: { readonly code: string; readonly from: number; readonly to: number }) {
  const { t } = useT()
  const differences = useApi(operations.compareEntryRevisions, { params: { code }, query: { from, to } })
  return (
    <Panel title={t('entry.compareTitle', { from, to })}>
      <Loaded of={differences}>{(found) => <Differences {...found} />}</Loaded>
    </Panel>
  )
}

function Differences({ metadata, fields }: EntryDifferences) {
  const { t } = useT()
  const words = useValueWords()
  const { added, removed, changed, moved } = fields
  if (metadata.length + added.length + removed.length + changed.length === 0 && !moved) return <Empty title={t('entry.noDifferences')} />
  const itemOf = ({ name, type }: { name: string; type: string }) => <li key={name}>{name} <span className="dt-secondary">{t.maybe('common.fieldType.', type)}</span></li>
  return (
    <div className="dt-diff">
      {metadata.length > 0 && (
        <section>
          <h3>{t('entry.diff.metadata')}</h3>
          <dl>{metadata.map(({ key, before, after }) => <Change key={key} name={t.maybe('entry.key.', key)} before={words(key, before)} after={words(key, after)} />)}</dl>
        </section>
      )}
      {changed.length > 0 && (
        <section>
          <h3>{t('entry.diff.fields')}</h3>
          {changed.map((field) => (
            <div key={field.name} className="dt-diff-field">
              <h4 className="dt-field-id">{field.name}</h4>
              <dl>{field.properties.map(({ key, before, after }) => <Change key={key} name={t.maybe('entry.property.', key)} before={words(key, before)} after={words(key, after)} />)}</dl>
            </div>
          ))}
        </section>
      )}
      {added.length > 0 && <section><h3>{t('entry.diff.added')}</h3><ul className="dt-diff-added">{added.map(itemOf)}</ul></section>}
      {removed.length > 0 && <section><h3>{t('entry.diff.removed')}</h3><ul className="dt-diff-removed">{removed.map(itemOf)}</ul></section>}
      {moved && <p className="dt-secondary">{t('entry.diff.moved')}</p>}
    </div>
  )
}

function Change({ name, before, after }: { readonly name: string; readonly before: string; readonly after: string }) {
  const { t } = useT()
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {before === t('entry.diff.none') ? <span className="dt-secondary">{before}</span> : <del aria-label={`${t('entry.diff.before')} ${before}`}>{before}</del>}
        <span aria-hidden className="dt-secondary"> → </span>
        {after === t('entry.diff.none') ? <span className="dt-secondary">{after}</span> : <ins aria-label={`${t('entry.diff.after')} ${after}`}>{after}</ins>}
      </dd>
    </>
  )
}
