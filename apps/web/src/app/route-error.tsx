import { Button } from 'antd'
import { useRouteError } from 'react-router'
import { useT } from '../shared/i18n/use-t.ts'
import { Empty } from '../shared/ui/states.tsx'

/** A page that broke, or whose file belongs to an older release and is gone: a reload brings the new one. */
export function RouteError() {
  const { t } = useT()
  const error = useRouteError()
  return (
    <main style={{ padding: '10vh 16px' }}>
      <Empty page
        title={t('shell.broken')}
        hint={error instanceof Error ? <span className="dt-mono">{error.message}</span> : undefined}
        action={<Button type="primary" onClick={() => location.reload()}>{t('shell.reload')}</Button>}
      />
    </main>
  )
}
