import { operations, urlOf, type Entry, type FieldProfileView } from '@datong/contracts'
import { Link } from 'react-router'
import { useT } from '../../../shared/i18n/use-t.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import type { Description } from '../use-rows-access.ts'
import { filterExamples } from './filter-examples.ts'
import { OpenFormats } from './open-formats.tsx'
import { Playground } from './playground.tsx'
import { Samples } from './samples-view.tsx'
import './api.css'

interface ApiTabProps {
  readonly entry: Entry
  readonly description: Description | undefined
  readonly profile: readonly FieldProfileView[]
}

/** How a program gets the rows: address, samples, filters with this entry's own fields, and a place to try. */
export function ApiTab({ entry, description, profile }: ApiTabProps) {
  const { t } = useT()
  const address = location.origin + urlOf(operations.readRows, { code: entry.code })
  const keyed = entry.openingType !== 'open'
  // Without the right to read, the description of the entry says what its rows would have.
  const fields = description?.fields ?? entry.fields.map((field) => ({
    name: field.name, description: field.description, type: field.type, grade: field.grade, masking: field.masking, identifier: field.identifier,
    filters: field.masking === null ? ['eq', 'gte', 'lt', 'in'] : ['eq', 'in'], sortable: field.masking === null,
  }))
  const examples = filterExamples(fields, description ? profile : [])
  const first = examples.find((example) => example.kind === 'eq')?.query ?? {}

  return (
    <div className="dtp-api">
      <section aria-labelledby="api-address">
        <h2 id="api-address">{t('portal.api.address')}</h2>
        <div className="dtp-api-address">
          <span className="dtp-api-method">GET</span>
          <code>{address}</code>
          <CopyButton size="small" text={address} label={t('common.copy')} />
        </div>
        <p>{keyed ? t('portal.api.keyed') : t('portal.api.open')} <a href="/docs/api">{t('portal.api.reference')}</a>{description && <> <a href={urlOf(operations.resourceOpenApi, { code: entry.code })}>{t('portal.api.openApi')}</a></>}</p>
      </section>

      <section aria-labelledby="api-samples">
        <h2 id="api-samples">{t('portal.api.samples')}</h2>
        <Samples input={{ origin: location.origin, code: entry.code, query: first, key: keyed }} />
      </section>

      {examples.length > 1 && (
        <section aria-labelledby="api-filters">
          <h2 id="api-filters">{t('portal.api.filters')}</h2>
          <p className="dt-secondary">{t('portal.api.filtersHint')}</p>
          <dl className="dtp-api-filters">
            {examples.map(({ kind, query }) => (
              <div key={kind}>
                <dt>{t(`portal.api.filter.${kind}`)}</dt>
                <dd><code>{Object.entries(query).map(([name, value]) => `${name}=${value}`).join('&')}</code></dd>
              </div>
            ))}
          </dl>
          <p className="dt-secondary">{t('portal.api.paging')}</p>
        </section>
      )}

      <section aria-labelledby="api-try">
        <h2 id="api-try">{t('portal.api.try')}</h2>
        {keyed && <p className="dt-secondary">{t('portal.api.tryKeyed')} <Link to="/about#application">{t('portal.get.more')}</Link></p>}
        {/* The examples need the profile, which may come after the page. */}
        <Playground key={Object.keys(first).join()} code={entry.code} fields={fields} keyed={keyed} initial={first} />
      </section>
      <OpenFormats entry={entry} />
    </div>
  )
}
