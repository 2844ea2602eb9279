import { Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Navigate, useLocation, useSearchParams } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { Brand } from '../../shared/ui/brand.tsx'
import { LanguageSwitch } from '../../shared/ui/language-switch.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import './login.css'

/** Only paths of this site may follow a sign-in, so that a link cannot lead elsewhere. */
const safeTarget = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/console')

/** Sign-in with name and password. */
export function LoginPage() {
  const { t } = useT()
  const { user, signIn } = useSession()
  const [search] = useSearchParams()
  const location = useLocation()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    document.title = `${t('shell.loginTitle')} · ${t('common.product')}`
  }, [t])

  if (user) return <Navigate to={safeTarget(search.get('next'))} replace state={location.state} />

  const submit = async (values: { username: string; password: string }): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await signIn(values.username.trim(), values.password)
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="dt-login">
      <div className="dt-login-card">
        <div className="dt-login-head">
          <Brand />
          <LanguageSwitch />
        </div>
        <h1>{t('shell.loginTitle')}</h1>
        <p className="dt-secondary">{t('shell.loginSubtitle')}</p>
        <Form layout="vertical" size="large" requiredMark={false} onFinish={(values) => void submit(values)}>
          <Form.Item name="username" label={t('shell.username')} rules={[{ required: true, message: t('common.required') }]}>
            <Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
          </Form.Item>
          <Form.Item name="password" label={t('shell.password')} rules={[{ required: true, message: t('common.required') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {error !== null && <div className="dt-login-error"><ErrorState error={error} /></div>}
          <Button type="primary" htmlType="submit" block loading={busy}>{t('shell.signIn')}</Button>
        </Form>
        <p className="dt-login-foot"><a href="/">{t('shell.toPortal')}</a></p>
      </div>
    </main>
  )
}
