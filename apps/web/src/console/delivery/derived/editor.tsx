import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { type Draft, type FilterDraft, missingIn, newFilter, newSource, type SourceDraft } from './draft.ts'
import { FilterForm } from './filter-form.tsx'
import { SourceForm } from './source-form.tsx'
import { useInputs } from './use-inputs.ts'
import '../workbench/workbench.css'
import './derived.css'

interface Content {
  readonly name: string
  readonly title: string
  readonly draft: Draft
}
interface EditorProps {
  readonly initial: Content
  /** The name is the address and stays as it is. */
  readonly nameFixed: boolean
  readonly busy: boolean
  readonly error: Error | null
  readonly cancelTo: string
  readonly onSave: (content: Content) => void
}

const NAME = /^[a-z][a-z0-9-]{1,58}[a-z0-9]$/
const MOST_SOURCES = 3
const MOST_FILTERS = 20
const replaced = <T,>(list: readonly T[], index: number, item: T): T[] => list.map((one, at) => (at === index ? item : one))

/** The query as a form: inputs, how they are joined, columns, conditions, limit. */
export function Editor({ initial, nameFixed, busy, error, cancelTo, onSave }: EditorProps) {
  const { t } = useT()
  const [{ name, title, draft }, setContent] = useState(initial)
  const inputs = useInputs(draft.sources.map(({ entryCode }) => entryCode))
  const change = (part: Partial<Draft>): void => setContent({ name, title, draft: { ...draft, ...part } })
  const changeSource = (index: number, source: SourceDraft): void => change({ sources: replaced(draft.sources, index, source) })
  const changeFilter = (index: number, filter: FilterDraft): void => change({ filters: replaced(draft.filters, index, filter) })
  const missing = title.trim() === '' ? 'title' : NAME.test(name) ? missingIn(draft) : 'name'

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (missing === null) onSave({ name, title: title.trim(), draft })
      }}
    >
      <Panel title={t('derived.about')}>
        <div className="dt-derived-pair">
          <label><span>{t('derived.titleLabel')}</span><Input value={title} maxLength={200} onChange={(event) => setContent({ name, draft, title: event.target.value })} /></label>
          <label>
            <span>{t('derived.nameLabel')}</span>
            <Input value={name} disabled={nameFixed} maxLength={60} prefix="/data/v1/derived/" onChange={(event) => setContent({ title, draft, name: event.target.value.toLowerCase() })} status={name !== '' && !NAME.test(name) ? 'error' : ''} />
            <span className="dt-derived-hint">{t('derived.nameHint')}</span>
          </label>
        </div>
      </Panel>
      {draft.sources.map((source, index) => (
        <SourceForm
          key={index} index={index} source={source} inputs={inputs} onChange={(next) => changeSource(index, next)}
          {...(index > 0 && index === draft.sources.length - 1
            ? { onRemove: () => change({ sources: draft.sources.slice(0, -1), filters: draft.filters.filter((filter) => filter.source < index) }) }
            : {})}
        />
      ))}
      {draft.sources.length < MOST_SOURCES && <Button className="dt-derived-add" icon={<PlusOutlined />} onClick={() => change({ sources: [...draft.sources, newSource()] })}>{t('derived.addSource')}</Button>}
      <Panel title={t('derived.conditions')} extra={draft.filters.length < MOST_FILTERS && <Button icon={<PlusOutlined />} onClick={() => change({ filters: [...draft.filters, newFilter] })}>{t('derived.addFilter')}</Button>}>
        {draft.filters.length === 0 && <p className="dt-secondary">{t('derived.noConditions')}</p>}
        {draft.filters.map((filter, index) => (
          <FilterForm key={index} number={index + 1} filter={filter} inputs={inputs} onChange={(next) => changeFilter(index, next)} onRemove={() => change({ filters: draft.filters.filter((_, at) => at !== index) })} />
        ))}
        <label className="dt-derived-limit"><span>{t('derived.limitLabel')}</span><InputNumber min={1} max={1000} precision={0} value={draft.limit} onChange={(limit) => change({ limit: limit ?? 100 })} /></label>
      </Panel>
      {error && <div className="dt-grant-note"><ErrorState error={error} /></div>}
      <div className="dt-work-acts">
        <Button type="primary" htmlType="submit" loading={busy} disabled={missing !== null}>{t('common.save')}</Button>
        <LinkButton to={cancelTo}>{t('common.cancel')}</LinkButton>
        <span className="dt-secondary" role="status">{missing && t(`derived.missing.${missing}`)}</span>
      </div>
    </form>
  )
}
