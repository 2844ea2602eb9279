import { Button } from 'antd'
import { useT } from '../shared/i18n/use-t.ts'
import { Empty } from '../shared/ui/states.tsx'

/** An address that names nothing. */
export function NotFound() {
  const { t } = useT()
  return (
    <main style={{ padding: '10vh 16px' }}>
      <Empty page title={t('shell.notFound')} hint={t('shell.notFoundHint')} action={<Button href="/">{t('shell.toPortal')}</Button>} />
    </main>
  )
}
