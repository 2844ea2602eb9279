import { operations, type ResponseOf } from '@datong/contracts'
import { App, Button, Modal, Upload } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ErrorState } from '../../shared/ui/states.tsx'

type Outcome = ResponseOf<typeof operations.importResponsibilities>
interface Chosen {
  readonly fileName: string
  readonly content: string
}

async function base64(file: File): Promise<string> {
  let text = ''
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte)
  return btoa(text)
}

/** Looks at a file first: what it would add and change, and which lines cannot be taken. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const run = useAction(operations.importResponsibilities)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [error, setError] = useState<unknown>(null)
  const look = async (file: File): Promise<void> => {
    setError(null)
    setOutcome(null)
    try {
      const next = { fileName: file.name, content: await base64(file) }
      setChosen(next)
      setOutcome(await run.mutateAsync({ body: { ...next, apply: false } }))
    } catch (caught) {
      setError(caught)
    }
  }
  const apply = async (): Promise<void> => {
    if (!chosen) return
    try {
      const { added, changed } = await run.mutateAsync({ body: { ...chosen, apply: true } })
      void message.success(t('lists.imported', { added, changed }))
      onClose()
    } catch (caught) {
      setError(caught)
    }
  }
  return (
    <Modal open title={t('lists.import')} onCancel={onClose} okText={t('lists.take')} cancelText={t('common.cancel')} okButtonProps={{ disabled: !outcome || outcome.added + outcome.changed === 0 }} confirmLoading={run.isPending} onOk={() => void apply()}>
      <p className="dt-secondary">{t('lists.importIntro')}</p>
      <Upload accept=".csv,.xlsx,.xls" maxCount={1} beforeUpload={(file) => { void look(file); return false }}><Button>{t('lists.choose')}</Button></Upload>
      {error !== null && <ErrorState error={error} />}
      {outcome && (
        <div role="status">
          <p>{t('lists.preview', { added: outcome.added, changed: outcome.changed, same: outcome.same })}</p>
          {outcome.rejects.length > 0 && <><strong>{t('lists.rejects', { count: outcome.rejects.length })}</strong><ul className="dt-rejects">{outcome.rejects.map(({ line, reason }) => <li key={`${line} ${reason}`}>{t('lists.line', { line })}：{reason}</li>)}</ul></>}
        </div>
      )}
    </Modal>
  )
}
