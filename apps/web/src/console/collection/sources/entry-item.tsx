import { operations } from '@datong/contracts'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useTitle } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

/** The entry that the source fills: a new draft, or one that is there. */
export function EntryItem() {
  const { t } = useT()
  const title = useTitle()
  const { user } = useSession()
  const [words, setWords] = useState('')
  const code = Form.useWatch<string | undefined>('entryCode')
  const organisation = user?.organisation?.code
  const entries = useApi(operations.searchEntries, { query: { limit: 20, ...(words === '' ? {} : { q: words }), ...(organisation === undefined ? {} : { organisation }) } }, { keepPrevious: true })
  return (
    <div className="dt-form-grid">
      <Form.Item name="entryCode" label={t('sources.entry')} extra={t('sources.entryHint')}>
        <Select
          allowClear placeholder={t('sources.newEntry')} loading={entries.isPending} showSearch={{ filterOption: false, onSearch: setWords }}
          options={(entries.data?.items ?? []).map((entry) => ({ value: entry.code, label: `${title(entry)} · ${entry.code}` }))}
        />
      </Form.Item>
      {!code && <Form.Item name="entryTitle" label={t('sources.entryTitle')} extra={t('sources.entryTitleHint')}><Input maxLength={200} /></Form.Item>}
    </div>
  )
}
