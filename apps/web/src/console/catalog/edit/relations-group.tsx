import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { operations, RELATION_KINDS } from '@datong/contracts'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

/** Other entries that this one names. */
export function RelationsGroup({ own }: { readonly own: string }) {
  const { t } = useT()
  return (
    <Form.List name="relations">
      {(rows, { add, remove }) => (
        <div className="dt-form-wide dt-form-rows">
          {rows.map(({ key, name }) => (
            <div key={key} className="dt-form-row dt-form-row-relation">
              <Form.Item name={[name, 'kind']} noStyle>
                <Select aria-label={t('entry.relationKind')} placeholder={t('entry.relationKind')} options={RELATION_KINDS.map((value) => ({ value, label: t(`entry.relation.${value}`) }))} />
              </Form.Item>
              <Form.Item name={[name, 'code']} noStyle><EntryChoice own={own} /></Form.Item>
              <Button icon={<DeleteOutlined />} aria-label={t('entry.remove')} onClick={() => remove(name)} />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ kind: 'related' })}>{t('entry.addRelation')}</Button>
        </div>
      )}
    </Form.List>
  )
}

/** Chooses another entry by words of its title. */
function EntryChoice({ own, value, onChange }: { readonly own: string; readonly value?: string; readonly onChange?: (code: string) => void }) {
  const { t } = useT()
  const [words, setWords] = useState('')
  const found = useApi(operations.searchEntries, { query: { ...(words ? { q: words } : {}), limit: 20 } }, { keepPrevious: true })
  const chosen = useApi(operations.getEntry, { params: { code: value ?? '' } }, { enabled: value !== undefined })
  const items = [...(chosen.data ? [chosen.data] : []), ...(found.data?.items ?? []).filter(({ code }) => code !== value && code !== own)]
  return (
    <Select
      aria-label={t('entry.relationTarget')} placeholder={t('entry.relationTarget')} showSearch={{ filterOption: false, onSearch: setWords }}
      value={value ?? null} onChange={(code: string | null) => code !== null && onChange?.(code)} options={items.map((entry) => ({ value: entry.code, label: `${entry.title} · ${entry.code}` }))}
    />
  )
}

/** Data of the entry that are kept elsewhere. */
export function LinksGroup() {
  const { t } = useT()
  return (
    <Form.List name="links">
      {(rows, { add, remove }) => (
        <div className="dt-form-wide dt-form-rows">
          {rows.map(({ key, name }) => (
            <div key={key} className="dt-form-row dt-form-row-link">
              <Form.Item name={[name, 'title']} noStyle><Input maxLength={200} aria-label={t('entry.linkTitle')} placeholder={t('entry.linkTitle')} /></Form.Item>
              <Form.Item name={[name, 'url']} rules={[{ pattern: /^\s*$|^(https?|ftp):\/\/\S+$/, message: t('entry.linkForm') }]} style={{ marginBottom: 0 }}>
                <Input maxLength={2000} aria-label={t('entry.linkUrl')} placeholder="https://" />
              </Form.Item>
              <Form.Item name={[name, 'format']} noStyle><Input maxLength={80} aria-label={t('entry.linkFormat')} placeholder="CSV" /></Form.Item>
              <Form.Item name={[name, 'mediaType']} noStyle><Input maxLength={120} aria-label={t('entry.linkMedia')} placeholder="text/csv" /></Form.Item>
              <Button icon={<DeleteOutlined />} aria-label={t('entry.remove')} onClick={() => remove(name)} />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>{t('entry.addLink')}</Button>
        </div>
      )}
    </Form.List>
  )
}
