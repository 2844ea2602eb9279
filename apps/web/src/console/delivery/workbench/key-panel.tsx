import { KeyOutlined } from '@ant-design/icons'
import { operations, ProblemError, urlOf, type Problem } from '@datong/contracts'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import type { KeyInUse } from '../access/delivery-access.tsx'

interface KeyPanelProps {
  /** Entry that the key is to be used for. */
  readonly code: string
  /** Without a key nothing can be tried out (developers have no department). */
  readonly needed: boolean
  readonly keyInUse: KeyInUse | null
  readonly onChange: (key: KeyInUse | null) => void
}

/** Calls with a system's key instead of the session. The key is kept until the page is left, nowhere else. */
export function KeyPanel({ code, needed, keyInUse, onChange }: KeyPanelProps) {
  const { t } = useT()
  const [open, setOpen] = useState(needed)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<unknown>(null)
  const count = useRef(0)
  if (keyInUse !== null) {
    return (
      <p className="dt-work-key">
        <KeyOutlined aria-hidden /> {t('workbench.key.inUse', { start: keyInUse.key.slice(0, 12) })} <Button size="small" onClick={() => onChange(null)}>{t('workbench.key.drop')}</Button>
      </p>
    )
  }
  if (!open) return <p className="dt-work-key"><span className="dt-secondary">{t('workbench.key.bySession')}</span> <Button size="small" icon={<KeyOutlined />} onClick={() => setOpen(true)}>{t('workbench.key.use')}</Button></p>
  const use = async (): Promise<void> => {
    if (typed.trim() === '') return
    const failure = await failureOf(code, typed.trim())
    setError(failure)
    if (failure !== null) return
    count.current += 1
    onChange({ number: count.current, key: typed.trim() })
    setOpen(needed)
    setTyped('')
  }
  return (
    <Panel title={t('workbench.key.title')}>
      <p className="dt-secondary dt-lead">{needed ? t('workbench.key.needed') : t('workbench.key.hint')}</p>
      <form
        className="dt-work-line"
        onSubmit={(event) => {
          event.preventDefault()
          void use()
        }}
      >
        <Input.Password className="dt-work-key-field" aria-label={t('workbench.key.label')} placeholder={t('workbench.key.label')} autoComplete="off" maxLength={200} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button type="primary" htmlType="submit" disabled={typed.trim() === ''}>{t('workbench.key.use')}</Button>
        {!needed && <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>}
      </form>
      {error !== null && (
        <div className="dt-work-answer">
          {error instanceof ProblemError && error.code === 'access/unauthenticated' ? <p className="dt-work-miss" role="alert">{t('workbench.key.unknown')}</p> : <ErrorState error={error} />}
        </div>
      )}
    </Panel>
  )
}

/** Why a key is no key (401): unknown, expired. What it may not do is told where it is tried. */
async function failureOf(code: string, key: string): Promise<unknown> {
  try {
    const answer = await fetch(urlOf(operations.describeRows, { code }), { credentials: 'omit', headers: { authorization: `Bearer ${key}` } })
    return answer.status === 401 ? new ProblemError((await answer.json()) as Problem) : null // refusals are problem+json
  } catch (error) {
    return error
  }
}
