import { Button, Table } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import { useNarrow } from '../../../shared/ui/use-narrow.ts'
import type { Key } from './key-dialogs.tsx'
import '../../../shared/ui/data-table.css'

interface Props {
  readonly keys: readonly Key[]
  readonly onRotate: (key: Key) => void
  readonly onRevoke: (key: Key) => void
}

/** The keys of a system, those that hold first; on narrow screens each becomes a block. */
export function KeyTable({ keys, onRotate, onRevoke }: Props) {
  const { t } = useT()
  const format = useFormat()
  const narrow = useNarrow()
  const sorted = keys.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)))
  const expires = (key: Key): string => (key.expiresAt ? format.date(key.expiresAt) : t('sharing.key.never'))
  const used = (key: Key): string => (key.lastUsedAt ? format.dateTime(key.lastUsedAt) : t('sharing.neverUsed'))
  const acts = (key: Key) => !isOver(key) && (
    <span className="dt-key-acts">
      {key.replacedBy === null && <Button size="small" onClick={() => onRotate(key)}>{t('sharing.key.rotate')}</Button>}
      <Button size="small" danger onClick={() => onRevoke(key)}>{t('sharing.key.revoke')}</Button>
    </span>
  )

  if (narrow) {
    if (keys.length === 0) return <p className="dt-secondary dt-app-head">{t('sharing.key.none')}</p>
    return (
      <ul className="dt-blocks">
        {sorted.map((key) => (
          <li key={key.id}>
            <div className="dt-block-title"><div>{key.name}</div><Limits of={key} /></div>
            <State of={key} />
            <Mark of={key} />
            <span className="dt-block-pair"><span className="dt-secondary">{t('sharing.key.expires')}</span><span>{expires(key)}</span></span>
            <span className="dt-block-pair"><span className="dt-secondary">{t('sharing.column.lastUsed')}</span><span>{used(key)}</span></span>
            {acts(key)}
          </li>
        ))}
      </ul>
    )
  }
  return (
    <Table
      size="small" rowKey="id" dataSource={sorted} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('sharing.key.none') }}
      columns={[
        { key: 'name', title: t('sharing.key.name'), render: (_, key) => <><div>{key.name}</div><Limits of={key} /></> },
        { key: 'prefix', title: t('sharing.key.prefix'), render: (_, key) => <Mark of={key} /> },
        { key: 'state', title: t('sharing.column.state'), render: (_, key) => <State of={key} /> },
        { key: 'expires', title: t('sharing.key.expires'), render: (_, key) => expires(key) },
        { key: 'used', title: t('sharing.column.lastUsed'), render: (_, key) => used(key) },
        { key: 'act', title: '', align: 'right', render: (_, key) => acts(key) },
      ]}
    />
  )
}

const isOver = (key: Key): boolean => key.revokedAt !== null || (key.expiresAt !== null && new Date(key.expiresAt) < new Date())

function State({ of: key }: { readonly of: Key }) {
  const { t } = useT()
  if (key.revokedAt !== null) return <Chip tone="cinnabar">{t('sharing.key.revoked')}</Chip>
  if (isOver(key)) return <Chip tone="plain">{t(key.replacedBy === null ? 'sharing.key.expired' : 'sharing.key.replaced')}</Chip>
  return key.replacedBy === null ? <Chip tone="jade">{t('sharing.key.active')}</Chip> : <Chip tone="gamboge">{t('sharing.key.ending')}</Chip>
}

/** By what a key is known: its first characters, or the id that signatures name. */
function Mark({ of: key }: { readonly of: Key }) {
  const { t } = useT()
  if (key.algorithm === null) return <span className="dt-mono">{key.prefix}…</span>
  return (
    <span className="dt-key-mark">
      <Chip tone="primary">{t(`sharing.key.algorithm.${key.algorithm}`)}</Chip>
      <span className="dt-mono" title={key.id}>keyid {key.id.slice(0, 8)}…</span>
      <CopyButton text={key.id} />
    </span>
  )
}

/** What a key is limited to, in one line; nothing when it is not. */
function Limits({ of: { scopes, addresses, entryCodes } }: { readonly of: Key }) {
  const { t } = useT()
  const parts = [
    ...(scopes === null ? [] : [scopes.map((scope) => t(`sharing.scope.${scope}`)).join(t('sharing.key.comma'))]),
    ...(addresses.length === 0 ? [] : [addresses.join(' ')]),
    ...(entryCodes === null ? [] : [entryCodes.length > 2 ? t('sharing.key.entryCount', { count: entryCodes.length }) : entryCodes.join(' ')]),
  ]
  return parts.length === 0 ? null : <div className="dt-secondary dt-key-limits">{parts.join(' · ')}</div>
}
