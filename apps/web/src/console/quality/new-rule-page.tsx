import { operations, type Entry } from '@datong/contracts'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useTitle } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { RuleForm } from './rule-form.tsx'
import { bodyOf, type Draft } from './rule-draft.ts'
import './checks.css'

/** A rule that is being written for an entry. */
export function NewQualityRulePage() {
  const { code = '' } = useParams()
  const { t } = useT()
  const titleOf = useTitle()
  const entry = useApi(operations.getEntry, { params: { code } })
  return (
    <>
      <PageHeader back={{ to: `/console/quality/entries/${code}`, text: entry.data ? titleOf(entry.data) : code }} title={t('checks.write')} facts={<span>{t('checks.writeIntro')}</span>} />
      <Loaded of={entry}>{(data) => <NewRule entry={data} />}</Loaded>
    </>
  )
}

function NewRule({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft | null>(null)
  const create = useAction(operations.createQualityRule)
  return (
    <RuleForm
      entry={entry} draft={draft} onChange={setDraft} submit={t('checks.keep')} busy={create.isPending} error={create.error}
      onSubmit={() => { if (draft) create.mutate({ params: { code: entry.code }, body: bodyOf(draft) }, { onSuccess: ({ id }) => void navigate(`/console/quality/rules/${id}`) }) }}
    />
  )
}
