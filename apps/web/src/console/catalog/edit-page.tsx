import { operations, type BodyOf, type Entry } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Empty, ErrorState, Loaded } from '../../shared/ui/states.tsx'
import { DescriptionForm } from './description-form.tsx'
import { patchOf, type DescriptionValues } from './edit/values.ts'
import { changesOf, FieldsForm, type FieldDrafts, lowered } from './fields-form.tsx'

/** Confirm or change what the catalogue says of an entry. */
export function EditEntryPage() {
  const { t } = useT()
  const { code = '' } = useParams()
  const entry = useApi(operations.getEntry, { params: { code } })
  return (
    <Loaded of={entry} rows={8}>
      {(data) => data.allowedActions.includes('edit')
        ? <EditEntry key={data.code} entry={data} />
        : <Empty page title={t('catalog.mayNotEdit')} action={<LinkButton to={`/console/catalog/${code}`}>{t('catalog.backToEntry')}</LinkButton>} />}
    </Loaded>
  )
}

type Patch = BodyOf<typeof operations.updateEntry>

function EditEntry({ entry: latest }: { readonly entry: Entry }) {
  const { t } = useT()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [entry] = useState(latest) // what the person saw when they began; a later change answers "changed meanwhile"
  const [form] = Form.useForm<DescriptionValues>()
  const [drafts, setDrafts] = useState<FieldDrafts>({})
  const [reason, setReason] = useState('')
  const update = useAction(operations.updateEntry)
  const needsReason = lowered(entry.fields, drafts).length > 0
  const page = `/console/catalog/${entry.code}`

  const save = async (values: DescriptionValues): Promise<void> => {
    const fields = changesOf(drafts)
    const body: Patch = {
      ...patchOf(entry, values), revision: entry.revision,
      ...(fields.length > 0 ? { fields } : {}),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    }
    // The failure stays on the page through `update.error`.
    await update.mutateAsync({ params: { code: entry.code }, body }).then((saved) => {
      void message.success(t('catalog.saved'))
      void navigate(`/console/catalog/${saved.code}`) // another class makes another code
    }, () => undefined)
  }

  return (
    <>
      <PageHeader
        back={{ to: page, text: entry.title }} title={t('catalog.editTitle')}
        actions={<><LinkButton to={page}>{t('common.cancel')}</LinkButton><Button type="primary" loading={update.isPending} onClick={() => form.submit()}>{t('common.save')}</Button></>}
      />
      {update.error && <div style={{ marginBottom: 16 }}><ErrorState error={update.error} /></div>}
      <DescriptionForm form={form} entry={entry} onFinish={(values) => void save(values)} />
      {entry.fields.length > 0 && (
        <Panel title={t('catalog.form.fields')} flush>
          <FieldsForm fields={entry.fields} drafts={drafts} onChange={setDrafts} />
        </Panel>
      )}
      <Panel>
        <Form.Item
          label={t('catalog.form.reason')} required={needsReason} layout="vertical" style={{ marginBottom: 0 }}
          extra={needsReason ? t('catalog.form.reasonNeeded', { fields: lowered(entry.fields, drafts).join(', ') }) : t('catalog.form.reasonHint')}
        >
          <Input.TextArea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} aria-label={t('catalog.form.reason')} {...(needsReason && !reason.trim() ? { status: 'warning' as const } : {})} />
        </Form.Item>
      </Panel>
    </>
  )
}
