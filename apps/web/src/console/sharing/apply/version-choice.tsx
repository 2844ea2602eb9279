import { operations, type Entry } from '@datong/contracts'
import { Radio, Select } from 'antd'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

interface VersionChoiceProps {
  readonly entry: Pick<Entry, 'code' | 'version'>
  /** The one version that is wanted; undefined for each new one. */
  readonly chosen: number | undefined
  readonly onChange: (version: number | undefined) => void
}

/** Each new version as it comes, or one for ever. */
export function VersionChoice({ entry, chosen, onChange }: VersionChoiceProps) {
  const { t } = useT()
  const format = useFormat()
  const versions = useApi(operations.listVersions, { params: { code: entry.code } }, { enabled: entry.version !== null })
  const items = versions.data?.items ?? []
  if (entry.version === null) return null
  return (
    <div className="dt-apply-version">
      <Radio.Group
        aria-label={t('apply.version')} value={chosen === undefined ? 'current' : 'fixed'} options={(['current', 'fixed'] as const).map((value) => ({ value, label: t(`apply.versionRule.${value}`) }))}
        onChange={(event) => onChange(event.target.value === 'fixed' ? (items.find(({ current }) => current)?.number ?? entry.version ?? undefined) : undefined)}
      />
      {chosen !== undefined && (
        <Select
          aria-label={t('apply.versionNumber')} value={chosen} onChange={onChange} loading={versions.isPending} className="dt-apply-version-select"
          options={items.map(({ number, createdAt, rowCount, current }) => ({
            value: number, label: t(current ? 'apply.versionCurrent' : 'apply.versionItem', { number, date: format.date(createdAt), rows: format.number(rowCount) }),
          }))}
        />
      )}
      <p className="dt-secondary dt-apply-note">{t(chosen === undefined ? 'apply.versionHint.current' : 'apply.versionHint.fixed')}</p>
    </div>
  )
}
