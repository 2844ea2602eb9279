import { operations, type Version } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'

/** How the data came to be what they are: each version with what changed, and the fingerprint that proves it. */
export function VersionsTab({ code }: { readonly code: string }) {
  const { t } = useT()
  const versions = useApi(operations.listVersions, { params: { code } })
  return (
    <Loaded of={versions} rows={6}>
      {({ items }) => items.length === 0 ? <Empty title={t('portal.dataset.noData')} /> : (
        <>
          <ol className="dtp-versions">
            {items.toSorted((a, b) => b.number - a.number).map((version) => (
              <VersionLine key={version.number} version={version} before={items.find((other) => other.number === version.number - 1)} />
            ))}
          </ol>
          <p className="dtp-tab-note">{t('portal.version.hashHint')}</p>
        </>
      )}
    </Loaded>
  )
}

function VersionLine({ version, before }: { readonly version: Version; readonly before: Version | undefined }) {
  const { t } = useT()
  const format = useFormat()
  const more = before === undefined ? 0 : version.rowCount - before.rowCount
  const names = new Set(version.fields.map((field) => field.name))
  const namesBefore = new Set(before?.fields.map((field) => field.name))
  const added = before ? [...names].filter((name) => !namesBefore.has(name)) : []
  const gone = before ? [...namesBefore].filter((name) => !names.has(name)) : []
  return (
    <li>
      <div className="dtp-version-head">
        <h2>{t('portal.version.number', { number: version.number })}</h2>
        {version.current && <Chip tone="jade">{t('portal.version.current')}</Chip>}
        <time className="dt-secondary" dateTime={version.createdAt}>{format.dateTime(version.createdAt)}</time>
      </div>
      <p>
        {t('portal.rowsFields', { rows: format.number(version.rowCount), fields: version.fields.length })}
        {more !== 0 && <> · {t(more > 0 ? 'portal.version.more' : 'portal.version.fewer', { figure: format.number(Math.abs(more)) })}</>}
        {version.rowsRejected > 0 && <> · {t('portal.version.rejected', { figure: format.number(version.rowsRejected) })}</>}
      </p>
      {added.length > 0 && <p>{t('portal.version.added', { names: added.join('、') })}</p>}
      {gone.length > 0 && <p>{t('portal.version.gone', { names: gone.join('、') })}</p>}
      <p className="dt-secondary dtp-hash">SHA-256 <span className="dt-mono">{version.contentHash}</span></p>
    </li>
  )
}
