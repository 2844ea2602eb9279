import { PlusOutlined } from '@ant-design/icons'
import { type Form, type FormTask, MOST_ROWS_AT_ONCE, operations } from '@datong/contracts'
import { App, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useAction } from '../../../shared/api/hooks.ts'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Pager } from '../../../shared/ui/pager.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { FillGrid } from './fill-grid.tsx'
import { type LocalRow, localRows, newRow, withRows, withValue } from './local-rows.ts'
import type { Pasted } from './paste.ts'

const PAGE = 100

/** The own department's rows, to be filled in, pasted into and handed in. */
export function FillPanel({ form, task }: { readonly form: Form; readonly task: FormTask }) {
  const pages = usePages(operations.listFormRows, { params: { id: form.id }, ...(form.round === null ? {} : { query: { round: form.round.number } }), size: PAGE })
  const { data, error } = pages.answer
  if (data !== undefined) return <Filling key={`${form.id}/${form.round?.number}/${pages.index}`} form={form} task={task} pages={pages} data={data} />
  return error ? <ErrorState error={error} onRetry={() => void pages.answer.refetch()} /> : <Skeleton active title={false} />
}

type Pages = ReturnType<typeof usePages<typeof operations.listFormRows>>

function Filling({ form, task, pages, data }: { readonly form: Form; readonly task: FormTask; readonly pages: Pages; readonly data: NonNullable<Pages['answer']['data']> }) {
  const { t } = useT()
  const { message } = App.useApp()
  const save = useAction(operations.saveFormRows)
  const act = useAction(operations.actOnFormTask)
  const [error, setError] = useState<unknown>(null)
  const [removed, setRemoved] = useState<readonly string[]>([])
  const [local, setLocal] = useState({ base: data.items, rows: localRows(data.items) })
  const { rows } = local
  const changed = rows.filter(({ isChanged }) => isChanged)
  const isChanged = changed.length > 0 || removed.length > 0
  // What was kept meanwhile is shown, unless something is being typed.
  if (local.base !== data.items && !isChanged) setLocal({ base: data.items, rows: localRows(data.items) })
  const canFill = task.allowedActions.includes('fill')
  const setRows = (next: readonly LocalRow[]): void => setLocal((before) => ({ ...before, rows: [...next] }))

  const round = form.round === null ? {} : { round: form.round.number }
  const { beginning } = form
  const begin = useAction(operations.beginFormRows)

  const takeOver = async (): Promise<void> => {
    setError(null)
    try {
      const { rows: taken } = await begin.mutateAsync({ params: { id: form.id, round: form.round?.number ?? 1 }, body: {} })
      void message.success(t('forms.begun', { rows: taken }))
    } catch (caught) {
      setError(caught)
    }
  }
  const keep = async (): Promise<boolean> => {
    setError(null)
    try {
      for (let at = 0; at === 0 || at < changed.length; at += MOST_ROWS_AT_ONCE) {
        const some = changed.slice(at, at + MOST_ROWS_AT_ONCE).map(({ id, values }) => ({ ...(id === null ? {} : { id }), values: { ...values } }))
        await save.mutateAsync({ params: { id: form.id }, body: { ...round, rows: some, remove: at === 0 ? [...removed] : [] } })
      }
      setRemoved([])
      setLocal((before) => ({ ...before, rows: before.rows.map((row) => ({ ...row, isChanged: false })) }))
      return true
    } catch (caught) {
      setError(caught)
      return false
    }
  }
  const step = async (action: 'submit' | 'revise'): Promise<void> => {
    if (isChanged && !(await keep())) return
    setError(null)
    try {
      await act.mutateAsync({ params: { id: form.id, organisation: task.organisation.code, action }, body: round })
      void message.success(t(`forms.done.${action}`))
    } catch (caught) {
      setError(caught)
      void pages.answer.refetch()
    }
  }
  const paste = (at: number, { rows: pasted, unknown }: Pasted): void => {
    setRows(withRows(rows, at, pasted))
    void message.info(unknown.length === 0 ? t('forms.pasted', { count: pasted.length }) : t('forms.pastedPartly', { count: pasted.length, names: unknown.join('、') }))
  }
  const busy = save.isPending || act.isPending
  return (
    <Panel
      flush title={t('forms.ownPart')}
      extra={
        <span className="dt-form-steps">
          {canFill && <Button disabled={!isChanged || busy} loading={save.isPending} onClick={() => void keep()}>{t('forms.save')}</Button>}
          {task.allowedActions.includes('submit') && <Button type="primary" disabled={busy || rows.length === 0} loading={act.isPending} onClick={() => void step('submit')}>{t('forms.submit')}</Button>}
          {task.allowedActions.includes('revise') && <Button loading={act.isPending} onClick={() => void step('revise')}>{t('forms.revise')}</Button>}
        </span>
      }
    >
      {canFill && <p className="dt-secondary dt-form-hint">{t('forms.pasteHint')}</p>}
      {error !== null && <div className="dt-form-error"><ErrorState error={error} /></div>}
      {canFill && beginning !== null && rows.length === 0 && (
        <p className="dt-form-hint dt-form-begin">
          <span>{t('forms.beginHint', { period: beginning.period ?? '', rows: beginning.rows })}</span>
          <Button loading={begin.isPending} onClick={() => void takeOver()}>{t('forms.begin', { rows: beginning.rows })}</Button>
        </p>
      )}
      <FillGrid
        form={form} rows={rows} readOnly={!canFill} first={pages.index * PAGE}
        onValue={(at, name, value) => setRows(rows.map((row, index) => (index === at ? withValue(row, name, value) : row)))} onPaste={paste}
        onRemove={(at) => {
          const id = rows[at]?.id ?? null
          if (id !== null) setRemoved((before) => [...before, id])
          setRows(rows.filter((_, index) => index !== at))
        }}
      />
      <div className="dt-form-foot">
        {canFill && <Button icon={<PlusOutlined />} onClick={() => setRows([...rows, newRow()])}>{t('forms.addRow')}</Button>}
        {(data.total ?? 0) > 0 && (
          <Pager index={pages.index} size={PAGE} count={data.items.length} total={data.total} onPrevious={isChanged ? undefined : pages.onPrevious} onNext={isChanged ? undefined : pages.onNext}>
            {isChanged && <span className="dt-warn">{t('forms.notSaved', { count: changed.length + removed.length })}</span>}
          </Pager>
        )}
      </div>
    </Panel>
  )
}
