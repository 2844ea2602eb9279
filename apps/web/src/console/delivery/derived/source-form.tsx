import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Select } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { newSource, type JoinPair, type SourceDraft } from './draft.ts'
import type { Inputs } from './use-inputs.ts'

interface SourceFormProps {
  readonly index: number
  readonly source: SourceDraft
  readonly inputs: Inputs
  readonly onChange: (source: SourceDraft) => void
  /** Only the last input can be taken away: later ones may be joined to it. */
  readonly onRemove?: () => void
}

const MOST_PAIRS = 3

/** One input: which entry, joined to what, and which of its columns come out. */
export function SourceForm({ index, source, inputs, onChange, onRemove }: SourceFormProps) {
  const { t } = useT()
  const { fields = [], error = null, only = null } = inputs.chosen[index] ?? {}
  return (
    <Panel title={t('derived.input', { number: index + 1 })} extra={onRemove && <Button size="small" icon={<DeleteOutlined />} onClick={onRemove}>{t('derived.removeSource')}</Button>}>
      <label className="dt-derived-field">
        <span>{t('derived.entry')}</span>
        <Select
          showSearch={{ optionFilterProp: 'label' }} loading={inputs.loading} placeholder={t('derived.entryHint')} value={source.entryCode || null} options={[...inputs.choices]} notFoundContent={t('derived.noGrants')}
          onChange={(entryCode) => onChange({ ...newSource(entryCode ?? ''), kind: source.kind })}
        />
      </label>
      {error && <div className="dt-grant-note"><ErrorState error={error} /></div>}
      {only && <Alert type="warning" showIcon className="dt-grant-note" title={t(only === 'verify' ? 'errors.delivery/verification-only' : 'errors.delivery/statistics-only')} />}
      {index > 0 && <JoinForm index={index} source={source} inputs={inputs} onChange={onChange} />}
      <label className="dt-derived-field">
        <span>{t('derived.columns')}</span>
        <Select
          mode="multiple" allowClear disabled={fields.length === 0} placeholder={t('derived.columnsHint')} value={[...source.columns]} onChange={(columns) => onChange({ ...source, columns })}
          options={fields.map(({ name, masking }) => ({ value: name, label: masking === null ? name : t('derived.maskedField', { field: name }) }))}
        />
      </label>
    </Panel>
  )
}

/** Pairs of fields that must be equal. Masked ones cannot be compared and are left out. */
function JoinForm({ index, source, inputs, onChange }: Omit<SourceFormProps, 'onRemove'>) {
  const { t } = useT()
  const plain = (at: number) => (inputs.chosen[at]?.fields ?? []).filter((field) => field.masking === null)
  const change = (place: number, pair: JoinPair): void => onChange({ ...source, on: source.on.map((one, at) => (at === place ? pair : one)) })
  return (
    <div className="dt-derived-field">
      <span>{t('derived.join')}</span>
      <Select className="dt-derived-kind" aria-label={t('derived.join')} value={source.kind} onChange={(kind) => onChange({ ...source, kind })} options={(['inner', 'left'] as const).map((value) => ({ value, label: t(`derived.join.${value}`) }))} />
      {source.on.map((pair, place) => (
        <div key={place} className="dt-derived-join">
          <Select
            showSearch placeholder={t('derived.joinField')} aria-label={t('derived.joinField')} value={pair.field || null} onChange={(field) => change(place, { ...pair, field: field ?? '' })}
            options={plain(index).map(({ name }) => ({ value: name, label: name }))}
          />
          <span aria-hidden>=</span>
          <Select
            showSearch={{ optionFilterProp: 'label' }} placeholder={t('derived.joinWith')} aria-label={t('derived.joinWith')} value={pair.with ? `${pair.source} ${pair.with}` : null}
            onChange={(chosen) => {
              const [at = '0', ...name] = (chosen ?? '').split(' ')
              change(place, { ...pair, source: Number(at), with: name.join(' ') })
            }}
            options={Array.from({ length: index }, (_, at) => ({ label: inputs.chosen[at]?.title ?? '', options: plain(at).map(({ name }) => ({ value: `${at} ${name}`, label: name })) }))}
          />
          {source.on.length > 1 && <Button icon={<DeleteOutlined />} aria-label={t('derived.removePair', { number: place + 1 })} onClick={() => onChange({ ...source, on: source.on.filter((_, at) => at !== place) })} />}
        </div>
      ))}
      {source.on.length < MOST_PAIRS && <Button size="small" type="link" icon={<PlusOutlined />} onClick={() => onChange({ ...source, on: [...source.on, { field: '', source: 0, with: '' }] })}>{t('derived.addPair')}</Button>}
    </div>
  )
}
