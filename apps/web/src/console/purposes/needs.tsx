import { PlusOutlined } from '@ant-design/icons'
import { operations, type Purpose, type PurposeNeed } from '@datong/contracts'
import { Button, Form, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'

const TONE: Record<PurposeNeed['need'], Tone> = { needed: 'jade', unusual: 'gamboge', unknown: 'plain' }
type Word = PurposeNeed['need']

interface NeedsProps {
  readonly purpose: Purpose
  /** Null: what holds for every entry. */
  readonly entryCode: string | null
  readonly items: readonly PurposeNeed[]
}

/** Fields with what was learnt of them, and the steward's word, which goes before it. */
export function Needs({ purpose, entryCode, items }: NeedsProps) {
  const { t } = useT()
  const { can } = useSession()
  const own: PurposeNeed['by'] = entryCode === null ? 'steward' : 'steward-entry'
  const [added, setAdded] = useState<readonly PurposeNeed[]>([])
  const [words, setWords] = useState<Readonly<Record<string, Word>>>(() => Object.fromEntries(items.filter(({ by }) => by === own).map(({ field, need }) => [field, need])))
  const [field, setField] = useState('')
  const [saving, setSaving] = useState(false)
  const save = useAction(operations.setPurposeNeeds)
  const editable = can(operations.setPurposeNeeds)
  const all = [...items, ...added]
  const said = all.flatMap(({ field: name, reason, by }) => { const need = words[name]; return need === 'needed' || need === 'unusual' ? [{ field: name, need, reason: by === own ? reason : '' }] : [] })
  const before = items.filter(({ by }) => by === own)
  const changed = said.length !== before.length || said.some((one) => before.find((other) => other.field === one.field)?.need !== one.need)
  const add = (): void => {
    const name = field.trim()
    if (name === '' || all.some((one) => one.field === name)) return
    setAdded([...added, { field: name, need: 'needed', by: own, reason: '', learnt: null }])
    setWords({ ...words, [name]: 'needed' })
    setField('')
  }
  return (
    <>
      {all.length > 0 && (
        <ListTable<PurposeNeed>
          size="small" rows={all} rowKey={({ field: name }) => name} label={t('purposes.needs')}
          columns={[
            { key: 'field', title: t('common.field.name'), render: (one) => <strong>{one.field}</strong> },
            { key: 'need', title: t('purposes.holds'), render: (one) => <span className="dt-chips"><Chip tone={TONE[one.need]}>{t(`purposes.need.${one.need}`)}</Chip><span className="dt-secondary">{t(`purposes.by.${one.by}`)}</span></span> },
            { key: 'learnt', title: t('purposes.learnt'), render: (one) => <LearntBar need={one} /> },
            ...(editable ? [{
              key: 'word', title: t('purposes.stewardWord'),
              render: (one: PurposeNeed) => (
                <Segmented<Word>
                  size="small" aria-label={`${t('purposes.stewardWord')}：${one.field}`} value={words[one.field] ?? 'unknown'} onChange={(value) => setWords({ ...words, [one.field]: value })}
                  options={[{ value: 'needed', label: t('purposes.need.needed') }, { value: 'unusual', label: t('purposes.need.unusual') }, { value: 'unknown', label: t('purposes.noWord') }]}
                />
              ),
            }] : []),
          ]}
        />
      )}
      {editable && (
        <div className="dt-needs-foot">
          {entryCode === null && (
            <span className="dt-page-actions">
              <Input aria-label={t('purposes.addField')} placeholder={t('purposes.addFieldHint')} maxLength={200} value={field} onChange={(event) => setField(event.target.value)} onPressEnter={add} style={{ width: 220 }} />
              <Button icon={<PlusOutlined />} disabled={field.trim() === ''} onClick={add}>{t('purposes.addField')}</Button>
            </span>
          )}
          <Button type="primary" disabled={!changed} onClick={() => setSaving(true)}>{t('purposes.saveNeeds')}</Button>
        </div>
      )}
      {saving && (
        <ActionDialog<{ reason: string }>
          open title={t('purposes.saveNeeds')} intro={t('purposes.saveNeedsIntro', { count: said.length })} submit={t('common.save')} onClose={() => setSaving(false)}
          onSubmit={({ reason }) => save.mutateAsync({ params: { code: purpose.code }, body: { entryCode, items: said, reason: reason.trim(), revision: purpose.revision } })}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={2} maxLength={500} autoFocus /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}

/** Share of approved applications with the field, and how sure that is, as two bars of one scale. */
function LearntBar({ need: { learnt } }: { readonly need: PurposeNeed }) {
  const { t } = useT()
  const format = useFormat()
  if (!learnt) return <span className="dt-secondary">{t('purposes.nothingLearnt')}</span>
  return (
    <span className="dt-learnt">
      <span className="dt-learnt-bars" aria-hidden><span className="dt-learnt-share" style={{ width: `${learnt.share * 100}%` }} /><span className="dt-learnt-sure" style={{ width: `${learnt.confidence * 100}%` }} /></span>
      <span className="dt-secondary">{t('purposes.learntWords', { share: format.percent(learnt.share, 0), count: learnt.support, confidence: format.percent(learnt.confidence, 0) })}</span>
    </span>
  )
}
