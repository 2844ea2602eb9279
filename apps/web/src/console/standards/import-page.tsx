import { type ImportLine, LINE_STATES, operations } from '@datong/contracts'
import { App, Button, Form, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

const TONES: Readonly<Record<ImportLine['state'], Tone>> = { new: 'jade', changed: 'primary', unchanged: 'plain', removed: 'gamboge', rejected: 'cinnabar' }

/** What an import would change or has changed, line by line. */
export function ImportPage() {
  const { id = '' } = useParams()
  const { t } = useT()
  const { can } = useSession()
  const format = useFormat()
  const { message } = App.useApp()
  const [doing, setDoing] = useState<'apply' | 'undo' | null>(null)
  const { values, set } = useFilters(['state'])
  const state = oneOf(LINE_STATES, values.state)
  const pages = usePages(operations.getStandardsImport, { params: { id }, query: pick('state', state), size: 50 })
  const act = useAction(operations.actOnStandardsImport, (done) => void message.success(t(`standards.importState.${done.state}`)))
  const made = pages.answer.data?.import
  const possible = made?.state === 'previewed' ? 'apply' : made?.state === 'applied' ? 'undo' : null
  return (
    <>
      <PageHeader
        title={made?.fileName || t('standards.imports')} back={{ to: `${STANDARDS}/imports`, text: t('standards.imports') }}
        {...(made ? { chips: <Chip tone={made.state === 'applied' ? 'jade' : 'plain'}>{t(`standards.importState.${made.state}`)}</Chip>, facts: <><span>{made.list ?? t('standards.elements')}</span><span>{t('standards.inForceFrom', { date: made.inForceFrom })}</span><span>{format.dateTime(made.madeAt)} {made.madeBy.name}</span></> } : {})}
        actions={possible !== null && can(operations.actOnStandardsImport) && <Button type={possible === 'apply' ? 'primary' : 'default'} danger={possible === 'undo'} onClick={() => setDoing(possible)}>{t(`standards.import.${possible}`)}</Button>}
      />
      <Panel flush>
        <div className="dt-filters">
          <Segmented
            value={state ?? 'all'} onChange={(value) => set('state', value === 'all' ? undefined : value)}
            options={[{ value: 'all', label: t('common.all') }, ...LINE_STATES.map((value) => ({ value, label: `${t(`standards.line.${value}`)} ${made?.counts[value] ?? ''}` }))]}
          />
        </div>
        <DataTable<ImportLine>
          label={t('standards.lines')} pages={pages} rowKey={(one) => `${one.line} ${one.id} ${one.state}`} empty={{ title: t('standards.noLines') }}
          columns={[
            { key: 'id', title: t('standards.identifier'), render: (one) => <span className="dt-mono">{one.id || '—'}</span> },
            { key: 'name', title: t('standards.name'), render: (one) => one.name || '—' },
            { key: 'line', title: t('standards.lineNumber'), align: 'right', render: (one) => (one.line === 0 ? '' : one.line) },
            { key: 'state', title: t('standards.change'), render: (one) => <Chip tone={TONES[one.state]}>{t(`standards.line.${one.state}`)}</Chip> },
            {
              key: 'what', title: t('standards.what'),
              render: ({ changes, problems }) => (
                <ul className="dt-issues">
                  {changes.map((change) => <li key={change.field}>{t.maybe('standards.', change.field === 'codeList' ? 'domain' : change.field)}: <del>{change.before || '—'}</del> → {change.after || '—'}</li>)}
                  {problems.map((problem) => <li key={problem.detail}>{t.maybe('standards.problem.', problem.code, problem.detail, { detail: problem.detail })}</li>)}
                </ul>
              ),
            },
          ]}
        />
      </Panel>
      {doing !== null && (
        <ActionDialog<{ reason: string }>
          open danger={doing === 'undo'} title={t(`standards.import.${doing}`)} intro={t(`standards.importHint.${doing}`)} submit={t(`standards.import.${doing}`)} onClose={() => setDoing(null)}
          onSubmit={({ reason }) => act.mutateAsync({ params: { id, action: doing }, body: { reason: reason.trim() } })}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}
