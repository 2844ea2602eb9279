import { type CatalogLimitKey, type Limit, type LimitChanges, LIMIT_PRESETS, type LimitPreset, operations, type SharingSettingKey } from '@datong/contracts'
import { App, Button, Checkbox, Dropdown, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip } from '../../shared/ui/chips.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import './board.css'

type Setting = Limit<SharingSettingKey | CatalogLimitKey>
type Group = 'sharing' | 'catalog'

interface Change {
  readonly value: number
  readonly source?: string
  readonly toBeConfirmed?: boolean
  readonly reason: string
}

/** Limits of sharing and of the catalogue with the rule that sets each. A clock that runs keeps the limit it began with. */
export function LimitsPage() {
  const { t } = useT()
  return (
    <>
      <p className="dt-secondary dt-lead">{t('board.limitsIntro')}</p>
      <Limits group="sharing" />
      <Limits group="catalog" />
    </>
  )
}

function Limits({ group }: { readonly group: Group }) {
  const { t } = useT()
  const { can } = useSession()
  const sharing = useApi(operations.listSharingSettings, {}, { enabled: group === 'sharing' })
  const catalog = useApi(operations.listCatalogLimits, {}, { enabled: group === 'catalog' && can(operations.listCatalogLimits) })
  const settings = group === 'sharing' ? sharing : catalog
  const [changing, setChanging] = useState<Setting | null>(null)
  const [preset, setPreset] = useState<LimitPreset | null>(null)
  const editable = can(group === 'sharing' ? operations.setSharingSettings : operations.setCatalogLimits)
  if (group === 'catalog' && !can(operations.listCatalogLimits)) return null
  return (
    <>
      <Panel
        title={t(`board.limits.${group}`)} flush
        extra={editable && (
          <Dropdown trigger={['click']} menu={{ items: LIMIT_PRESETS.map((key) => ({ key, label: t(`board.preset.${key}`) })), onClick: ({ key }) => setPreset(LIMIT_PRESETS.find((one) => one === key) ?? null) }}>
            <Button>{t('board.presets')}</Button>
          </Dropdown>
        )}
      >
        <Loaded<{ items: readonly Setting[] }> of={settings}>{({ items }) => <LimitsTable items={items} {...(editable ? { onChange: setChanging } : {})} />}</Loaded>
      </Panel>
      {changing && <LimitDialog group={group} setting={changing} onClose={() => setChanging(null)} />}
      {preset && settings.data && <PresetDialog group={group} preset={preset} items={settings.data.items} onClose={() => setPreset(null)} />}
    </>
  )
}

/** Saves limits of either process; the keys of a group are its own. */
function useSave(group: Group): (body: LimitChanges) => Promise<unknown> {
  const sharing = useAction(operations.setSharingSettings)
  const catalog = useAction(operations.setCatalogLimits)
  // The server refuses a key of the other group.
  return (body) => (group === 'sharing' ? sharing.mutateAsync({ body: body as LimitChanges<SharingSettingKey> }) : catalog.mutateAsync({ body: body as LimitChanges<CatalogLimitKey> }))
}

function LimitsTable({ items, onChange }: { readonly items: readonly Setting[]; readonly onChange?: (setting: Setting) => void }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <ListTable<Setting>
      rows={items} rowKey={({ key }) => key} label={t('board.limits')}
      columns={[
        { key: 'key', title: t('board.limit'), render: (setting) => <><strong>{t(`board.setting.${setting.key}`)}</strong><div className="dt-secondary dt-limit-hint">{t(`board.settingHint.${setting.key}`)}</div></> },
        { key: 'value', title: t('board.value'), render: (setting) => <span className="dt-nowrap"><strong className="dt-limit-value">{setting.value}</strong> {t(`board.unit.${setting.unit}`)}{setting.value !== setting.default && <div className="dt-secondary">{t('board.default', { value: setting.default })}</div>}</span> },
        { key: 'source', title: t('board.source'), render: (setting) => <span className="dt-limit-source">{setting.source}</span> },
        { key: 'confirmed', title: t('board.confirmed'), render: (setting) => (setting.toBeConfirmed ? <Chip tone="gamboge">{t('board.toBeConfirmed')}</Chip> : <Chip tone="jade">{t('board.isConfirmed')}</Chip>) },
        { key: 'changed', title: t('rules.changed'), render: (setting) => (setting.changedAt ? <span className="dt-nowrap">{setting.changedBy} · {format.date(setting.changedAt)}</span> : <span className="dt-secondary">{t('board.neverChanged')}</span>) },
        ...(onChange ? [{ key: 'act', title: t('board.act'), render: (setting: Setting) => <Button size="small" aria-label={`${t('common.edit')}：${t(`board.setting.${setting.key}`)}`} onClick={() => onChange(setting)}>{t('common.edit')}</Button> }] : []),
      ]}
    />
  )
}

function LimitDialog({ group, setting, onClose }: { readonly group: Group; readonly setting: Setting; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const save = useSave(group)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <ActionDialog<Change>
      open title={t(`board.setting.${setting.key}`)} intro={t('board.limitIntro')} submit={t('common.save')} initial={{ value: setting.value, source: setting.source, toBeConfirmed: setting.toBeConfirmed }} onClose={onClose}
      onSubmit={async ({ value, source, toBeConfirmed, reason }) => {
        await save({ changes: [{ key: setting.key, value, ...(source?.trim() ? { source: source.trim() } : {}), ...(toBeConfirmed === undefined ? {} : { toBeConfirmed }) }], reason: reason.trim() })
        void message.success(t('catalog.saved'))
      }}
    >
      <Form.Item name="value" label={t('board.value')} extra={t('board.valueRange', { minimum: setting.minimum, maximum: setting.maximum })} rules={[{ required: true, message: t('common.required') }]}><InputNumber min={setting.minimum} max={setting.maximum} precision={0} suffix={t(`board.unit.${setting.unit}`)} style={{ width: 200 }} autoFocus /></Form.Item>
      <Form.Item name="source" label={t('board.source')} extra={t('board.sourceHint')} rules={required}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} /></Form.Item>
      <Form.Item name="toBeConfirmed" valuePropName="checked"><Checkbox>{t('board.toBeConfirmedHint')}</Checkbox></Form.Item>
      <Form.Item name="reason" label={t('common.reason')} rules={required}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
    </ActionDialog>
  )
}

function PresetDialog({ group, preset, items, onClose }: { readonly group: Group; readonly preset: LimitPreset; readonly items: readonly Setting[]; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const save = useSave(group)
  const changes = items.filter((setting) => setting.presets[preset] !== undefined && setting.presets[preset] !== setting.value)
  return (
    <ActionDialog<{ reason: string }>
      open title={t('board.presetTitle', { preset: t(`board.preset.${preset}`) })} intro={t(`board.presetHint.${preset}`)} submit={t('board.takePreset')} onClose={onClose}
      onSubmit={async ({ reason }) => {
        await save({ preset, reason: reason.trim() })
        void message.success(t('catalog.saved'))
      }}
    >
      {changes.length === 0
        ? <p className="dt-lead">{t('board.presetSame')}</p>
        : <ul className="dt-preset">{changes.map((setting) => <li key={setting.key}>{t(`board.setting.${setting.key}`)} <span className="dt-nowrap">{setting.value} → <strong>{setting.presets[preset]}</strong> {t(`board.unit.${setting.unit}`)}</span></li>)}</ul>}
      <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
    </ActionDialog>
  )
}
