import { Button, Table } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import type { Key } from './key-dialogs.tsx'

interface Props {
  readonly keys: readonly Key[]
  readonly onRotate: (key: Key) => void
  readonly onRevoke: (key: Key) => void
}

/** The keys of a system; those that hold stand first. */
export function KeyTable({ keys, onRotate, onRevoke }: Props) {
  const { t } = useT()
  const format = useFormat()
  return (
    <Table
      size="small" rowKey="id" dataSource={keys.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)))} pagination={false} scroll={{ x: 'max-content' }}
      locale={{ emptyText: t('sharing.key.none') }}
      columns={[
        { key: 'name', title: t('sharing.key.name'), render: (_, key) => <><div>{key.name}</div><Limits of={key} /></> },
        { key: 'prefix', title: t('sharing.key.prefix'), render: (_, key) => <Mark of={key} /> },
        { key: 'state', title: t('sharing.column.state'), render: (_, key) => <State of={key} /> },
        { key: 'expires', title: t('sharing.key.expires'), render: (_, key) => (key.expiresAt ? format.date(key.expiresAt) : t('sharing.key.never')) },
        { key: 'used', title: t('sharing.column.lastUsed'), render: (_, key) => (key.lastUsedAt ? format.dateTime(key.lastUsedAt) : t('sharing.neverUsed')) },
        {
          key: 'act', title: '', align: 'right', render: (_, key) => !isOver(key) && (
            <span className="dt-key-acts">
              {key.replacedBy === null && <Button size="small" onClick={() => onRotate(key)}>{t('sharing.key.rotate')}</Button>}
              <Button size="small" danger onClick={() => onRevoke(key)}>{t('sharing.key.revoke')}</Button>
            </span>
          ),
        },
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
