import { ProblemError } from '@datong/contracts'
import { Alert, Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { explain } from '../api/problem.ts'
import { useT } from '../i18n/use-t.ts'
import './states.css'

/** What to show when there is nothing: why, and what to do about it. */
export function Empty({ title, hint, action, page = false }: {
  readonly title: string
  readonly hint?: ReactNode
  readonly action?: ReactNode
  /** It is the whole page, so its words are the page's heading. */
  readonly page?: boolean
}) {
  const Title = page ? 'h1' : 'p'
  return (
    <div className="dt-empty">
      <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden fill="none" stroke="currentColor" strokeWidth="1.5">
        <path d="M9 6h19l8 8v24H9z M28 6v8h8" />
        <path d="M15 21h14M15 27h9" strokeDasharray="2 3" />
      </svg>
      <Title className="dt-empty-title">{title}</Title>
      {hint && <p className="dt-secondary">{hint}</p>}
      {action && <div className="dt-empty-action">{action}</div>}
    </div>
  )
}

/** A failed reading: what happened, what is wrong in detail, and a way to try again. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }) {
  const { t } = useT()
  const { text, issues, code } = explain(error, t)
  const final = error instanceof ProblemError && ([403, 404].includes(error.problem.status) || code === 'request/not-found')
  return (
    <Alert
      role="alert"
      type={final ? 'warning' : 'error'}
      showIcon
      title={text}
      description={
        issues.length > 0 || code ? (
          <>
            {issues.length > 0 && <ul className="dt-issues">{issues.map((issue, i) => <li key={i}>{issue.pointer && <code>{issue.pointer}</code>} {issue.text}</li>)}</ul>}
            {code && <span className="dt-secondary dt-mono">{code}</span>}
          </>
        ) : undefined
      }
      action={onRetry && !final ? <Button onClick={onRetry}>{t('common.retry')}</Button> : undefined}
    />
  )
}

interface Reading<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly isPending: boolean
  refetch(): unknown
}

/** Shows what was read, or that it is being read, or why it could not be. Older data stay visible when a refresh fails. */
export function Loaded<T>({ of: query, children, rows = 4 }: {
  readonly of: Reading<T>
  readonly children: (data: T) => ReactNode
  readonly rows?: number
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Skeleton active title={false} paragraph={{ rows }} />
}
