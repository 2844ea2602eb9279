import { StarOutlined } from '@ant-design/icons'
import { type BodyOf, operations } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useAction } from '../api/hooks.ts'
import { useSession } from '../api/session.tsx'
import { useT } from '../i18n/use-t.ts'
import { ActionDialog } from '../ui/action-dialog.tsx'

type Query = BodyOf<typeof operations.saveSearch>['query']

/** Keeps the search that is on the screen, with its facets; shown to those who are signed in and asked for something. */
export function SaveSearch({ query, name }: { readonly query: Query; readonly name: string }) {
  const { t } = useT()
  const { user } = useSession()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const save = useAction(operations.saveSearch)
  if (!user || Object.values(query).every((value) => value === undefined || value === '')) return null
  return (
    <>
      <Button type="link" icon={<StarOutlined />} onClick={() => setOpen(true)}>{t('following.saveSearch')}</Button>
      {open && (
        <ActionDialog<{ name: string }>
          open title={t('following.saveSearch')} intro={t('following.intro')} submit={t('common.save')} initial={{ name: name.slice(0, 80) }} onClose={() => setOpen(false)}
          onSubmit={async (values) => {
            await save.mutateAsync({ body: { name: values.name.trim(), query } })
            void message.success(t('following.searchSaved'))
          }}
        >
          <Form.Item name="name" label={t('following.searchName')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={80} autoFocus /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}
