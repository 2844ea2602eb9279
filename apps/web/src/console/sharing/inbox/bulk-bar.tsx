import { operations, type BodyOf, type ResponseOf } from '@datong/contracts'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Chip } from '../../../shared/ui/chips.tsx'
import { ActionFields } from '../actions/action-fields.tsx'
import { bodyOfAction, type ActionValues } from '../actions/action-forms.ts'
import '../sharing.css'

type Bulk = BodyOf<typeof operations.bulkDecide>['action']
type Results = ResponseOf<typeof operations.bulkDecide>

/** The same step on all chosen applications; the answer tells of each what became of it. */
export function BulkBar({ ids, onClear }: { readonly ids: readonly string[]; readonly onClear: () => void }) {
  const { t } = useT()
  const [asked, setAsked] = useState<Bulk | null>(null)
  const [results, setResults] = useState<Results | null>(null)
  const decide = useAction(operations.bulkDecide)
  const run = async (action: Bulk, values: ActionValues): Promise<void> => {
    const { reason, legalBasis, missing } = bodyOfAction(action, values)
    setResults(await decide.mutateAsync({ body: { ids: [...ids], action, ...(reason ? { reason } : {}), ...(legalBasis ? { legalBasis } : {}), ...(missing ? { missing } : {}) } }))
  }
  return (
    <>
      <strong>{t('sharing.chosen', { count: ids.length })}</strong>
      <Button size="small" type="primary" onClick={() => setAsked('approve')}>{t('sharing.action.approve')}</Button>
      <Button size="small" onClick={() => setAsked('notify-missing')}>{t('sharing.action.notify-missing')}</Button>
      <Button size="small" danger onClick={() => setAsked('refuse')}>{t('sharing.action.refuse')}</Button>
      <Button size="small" type="text" onClick={onClear}>{t('sharing.chooseNone')}</Button>
      {asked && (
        <ActionDialog<ActionValues>
          open title={t('sharing.bulkTitle', { action: t(`sharing.action.${asked}`), count: ids.length })} intro={t('sharing.bulkIntro')} submit={t(`sharing.action.${asked}`)} danger={asked === 'refuse'}
          initial={asked === 'notify-missing' ? { missing: [''] } : {}} onClose={() => setAsked(null)} onSubmit={(values) => run(asked, values)}
        >
          {asked === 'approve'
            ? <Form.Item name="reason" label={t('catalog.note')}><Input maxLength={2000} autoFocus /></Form.Item>
            : <ActionFields action={asked} material={[]} />}
        </ActionDialog>
      )}
      <Modal
        open={results !== null} title={results && t('sharing.bulkDone', { done: results.done, failed: results.failed })} width={640} onCancel={() => { setResults(null); onClear() }}
        footer={<Button type="primary" onClick={() => { setResults(null); onClear() }}>{t('sharing.close')}</Button>}
      >
        <ul className="dt-bulk-results">
          {results?.items.map((item) => (
            <li key={item.id}>
              {item.done ? <Chip tone="jade">{t('sharing.bulkItemDone')}</Chip> : <Chip tone="cinnabar">{t('sharing.bulkItemFailed')}</Chip>}
              <Link to={`/console/sharing/applications/${item.id}`}>{item.application ? `${item.application.number} ${item.application.entryTitle}` : item.id}</Link>
              {item.problem && <span className="dt-secondary">{t.maybe('errors.', item.problem.code, item.problem.title)}</span>}
            </li>
          ))}
        </ul>
      </Modal>
    </>
  )
}
