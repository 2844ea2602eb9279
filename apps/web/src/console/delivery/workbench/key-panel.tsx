import { KeyOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import type { KeyInUse } from '../access/delivery-access.tsx'

interface KeyPanelProps {
  /** Without a key nothing can be tried out (developers have no department). */
  readonly needed: boolean
  readonly keyInUse: KeyInUse | null
  readonly onChange: (key: KeyInUse | null) => void
}

/** Calls with a system's key instead of the session. The key is kept until the page is left, nowhere else. */
export function KeyPanel({ needed, keyInUse, onChange }: KeyPanelProps) {
  const { t } = useT()
  const [open, setOpen] = useState(needed)
  const [typed, setTyped] = useState('')
  const count = useRef(0)
  if (keyInUse !== null) {
    return (
      <p className="dt-work-key">
        <KeyOutlined aria-hidden /> {t('workbench.key.inUse', { start: keyInUse.key.slice(0, 12) })} <Button size="small" onClick={() => onChange(null)}>{t('workbench.key.drop')}</Button>
      </p>
    )
  }
  if (!open) return <p className="dt-work-key"><span className="dt-secondary">{t('workbench.key.bySession')}</span> <Button size="small" icon={<KeyOutlined />} onClick={() => setOpen(true)}>{t('workbench.key.use')}</Button></p>
  const use = (): void => {
    if (typed.trim() === '') return
    count.current += 1
    onChange({ number: count.current, key: typed.trim() })
    setTyped('')
  }
  return (
    <Panel title={t('workbench.key.title')}>
      <p className="dt-secondary dt-lead">{needed ? t('workbench.key.needed') : t('workbench.key.hint')}</p>
      <form
        className="dt-work-line"
        onSubmit={(event) => {
          event.preventDefault()
          use()
        }}
      >
        <Input.Password className="dt-work-key-field" aria-label={t('workbench.key.label')} placeholder={t('workbench.key.label')} autoComplete="off" maxLength={200} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button type="primary" htmlType="submit" disabled={typed.trim() === ''}>{t('workbench.key.use')}</Button>
        {!needed && <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>}
      </form>
    </Panel>
  )
}
