import { useEffect, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useT } from '../i18n/use-t.ts'
import './page.css'

interface PageHeaderProps {
  readonly title: string
  /** Code, owner and other short facts in one line under the title. */
  readonly facts?: ReactNode
  readonly chips?: ReactNode
  readonly actions?: ReactNode
  readonly back?: { readonly to: string; readonly text: string }
}

/** The strip at the head of a page; also names the browser tab. */
export function PageHeader({ title, facts, chips, actions, back }: PageHeaderProps) {
  const { t } = useT()
  useEffect(() => {
    document.title = `${title} · ${t('common.product')}`
  }, [title, t])
  return (
    <header className="dt-page-header">
      {back && <Link className="dt-back" to={back.to}>← {back.text}</Link>}
      <div className="dt-page-header-row">
        <div className="dt-page-header-words">
          <h1>{title}</h1>
          {chips && <div className="dt-chips">{chips}</div>}
        </div>
        {actions && <div className="dt-page-actions">{actions}</div>}
      </div>
      {facts && <div className="dt-facts">{facts}</div>}
    </header>
  )
}

/** White card with a heading; the plain container of console pages. */
export function Panel({ title, extra, children, flush = false }: {
  readonly title?: ReactNode
  readonly extra?: ReactNode
  readonly children: ReactNode
  /** Content reaches the edges (tables). */
  readonly flush?: boolean
}) {
  return (
    <section className={flush ? 'dt-panel dt-panel-flush' : 'dt-panel'}>
      {(title || extra) && (
        <div className="dt-panel-head">
          <h2>{title}</h2>
          {extra && <div>{extra}</div>}
        </div>
      )}
      <div className="dt-panel-body">{children}</div>
    </section>
  )
}
