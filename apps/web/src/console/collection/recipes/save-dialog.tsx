import { operations, type RecipeBook, type RecipeReading, type RecipeStep } from '@datong/contracts'
import { Checkbox, Form, Input } from 'antd'
import { useAction } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'

interface SaveDialogProps {
  readonly book: RecipeBook
  readonly steps: readonly RecipeStep[]
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** Saves the steps as a new version, in use from the next load on. */
export function SaveDialog({ book, steps, onClose, onSaved }: SaveDialogProps) {
  const { t } = useT()
  const save = useAction(operations.saveRecipe)
  const newest = book.recipes[0]
  const reading = book.table?.reading ?? newest?.reading ?? null
  return (
    <ActionDialog<{ title: string; keepReading?: boolean }>
      open title={t('recipes.saveTitle')} intro={t('recipes.saveIntro')} submit={t('common.save')} onClose={onClose}
      initial={{ title: newest?.title ?? book.entryTitle.slice(0, 100), keepReading: newest?.reading !== null && newest !== undefined }}
      onSubmit={async ({ title, keepReading = false }) => {
        await save.mutateAsync({ params: { code: book.entryCode }, body: { title: title.trim(), steps: [...steps], keepReading, after: newest?.number ?? 0 } })
        onSaved()
      }}
    >
      <Form.Item name="title" label={t('recipes.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={100} autoFocus /></Form.Item>
      {reading !== null && <Form.Item name="keepReading" valuePropName="checked"><Checkbox><KeepReading reading={reading} /></Checkbox></Form.Item>}
    </ActionDialog>
  )
}

function KeepReading({ reading }: { readonly reading: RecipeReading }) {
  const { t } = useT()
  const { sheet, encoding, delimiter, skipRows: skip, headerRows: header } = reading
  const words = sheet === null ? t('recipes.reading.text', { encoding, delimiter: delimiter === '\t' ? t('recipes.tabulator') : delimiter, skip, header }) : t('recipes.reading.sheet', { sheet, skip, header })
  return <>{t('recipes.keepReading', { reading: words })}</>
}
