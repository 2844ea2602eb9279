import type { Lineage, LineageNode } from '@datong/contracts'
import { type MouseEvent, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { connected, endOf, FIELD_HEIGHT, HEAD_HEIGHT, layLineage, NODE_WIDTH, type PlacedNode } from './lineage-layout.ts'
import './lake.css'

const LONGEST = 17
const short = (text: string, most = LONGEST): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Where data come from and what is made of them, from field to field. A field that is pointed at or focused shows its way. */
export function LineageGraph({ lineage }: { readonly lineage: Lineage }) {
  const { t } = useT()
  const picture = useMemo(() => layLineage(lineage), [lineage])
  const [end, setEnd] = useState<string | null>(null)
  const lit = useMemo(() => (end === null ? null : connected(picture, end)), [picture, end])
  return (
    <div className="dt-lineage" tabIndex={0} role="group" aria-label={t('lake.lineage.picture')}>
      <svg width={picture.width} height={picture.height} className={lit === null ? undefined : 'dt-lineage-lit'}>
        {picture.lines.map((line) => (
          <path key={line.id} d={line.path} className={`dt-lineage-${line.kind}${lit?.has(line.from) === true && lit.has(line.to) ? ' dt-lineage-on' : ''}`} />
        ))}
        {picture.nodes.map((placed) => <Box key={placed.node.id} placed={placed} isRoot={placed.node.id === lineage.root} lit={lit} onPoint={setEnd} />)}
      </svg>
    </div>
  )
}

function Box({ placed: { node, x, y, height, fields, more }, isRoot, lit, onPoint }: {
  readonly placed: PlacedNode
  readonly isRoot: boolean
  readonly lit: ReadonlySet<string> | null
  readonly onPoint: (end: string | null) => void
}) {
  const { t } = useT()
  const name = useName()
  const navigate = useNavigate()
  const title = useNodeTitle()(node)
  const under = [node.version === null ? '' : `v${node.version}`, node.layer === null ? t(`lake.kind.${node.kind}`) : t(`lake.layers.${node.layer}`), node.organisation === null ? '' : name(node.organisation)].filter((part) => part !== '').join(' · ')
  const words = (
    <>
      <text x={10} y={19} className="dt-lineage-title"><title>{title}</title>{short(title, 15)}</text>
      <text x={10} y={36} className="dt-lineage-under">{short(under, 18)}</text>
    </>
  )
  const to = `/console/collection/lake/${node.entryCode ?? ''}`
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    void navigate(to)
  }
  return (
    <g transform={`translate(${x},${y})`}>
      <rect width={NODE_WIDTH} height={height} rx={4} className={`dt-lineage-box${isRoot ? ' dt-lineage-root' : ''}`} />
      {node.entryCode === null || isRoot ? words : <a href={to} aria-label={title} className="dt-lineage-link" onClick={open}>{words}</a>}
      {fields.length > 0 && <line x1={0} x2={NODE_WIDTH} y1={HEAD_HEIGHT} y2={HEAD_HEIGHT} className="dt-lineage-rule" />}
      {fields.map((field) => {
        const end = endOf(node.id, field.name)
        return (
          <g key={field.name} transform={`translate(0,${field.y - y - FIELD_HEIGHT / 2})`} className={`dt-lineage-field${lit?.has(end) === true ? ' dt-lineage-on' : ''}`} onMouseEnter={() => onPoint(end)} onMouseLeave={() => onPoint(null)}>
            <rect width={NODE_WIDTH - 2} x={1} height={FIELD_HEIGHT} />
            <text x={10} y={15}><title>{field.name}</title>{short(field.name)}</text>
          </g>
        )
      })}
      {more > 0 && <text x={10} y={height - 10} className="dt-lineage-under">{t('lake.lineage.more', { count: more })}</text>}
    </g>
  )
}

/** What a thing in the graph is called; nothing is told of what may not be seen. */
export function useNodeTitle(): (node: Pick<LineageNode, 'kind' | 'title'>) => string {
  const { t } = useT()
  return ({ kind, title }) => (title !== '' ? title : kind === 'hidden' ? t('lake.lineage.hidden') : t(`lake.kind.${kind}`))
}
