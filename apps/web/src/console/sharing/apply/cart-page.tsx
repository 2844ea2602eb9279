import { DeleteOutlined } from '@ant-design/icons'
import { operations, type Entry } from '@datong/contracts'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useApiMany } from '../../../shared/api/hooks.ts'
import type { CartItem } from '../../../shared/cart/cart-store.ts'
import { useCart } from '../../../shared/cart/use-cart.ts'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { GradeChip, SharingChip } from '../../../shared/ui/chips.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { ApplyWizard } from './wizard.tsx'
import './apply.css'

/** The data cart: what somebody means to apply for, then one application an entry, all filed together. */
export function CartPage() {
  const { t } = useT()
  const cart = useCart()
  const [applying, setApplying] = useState<readonly Entry[] | null>(null)
  const entries = useApiMany(operations.getEntry, cart.items.map(({ code }) => ({ code })))
  const ready = entries.flatMap(({ data }) => (data?.allowedActions.includes('apply') ? [data] : []))
  const waiting = entries.some(({ isPending }) => isPending)
  if (applying) {
    const chosen = Object.fromEntries(cart.items.map(({ code, fields }) => [code, fields]))
    return <ApplyWizard entries={applying} chosen={chosen} onLeave={() => setApplying(null)} onFiled={(codes) => cart.remove(codes)} />
  }
  return (
    <>
      <PageHeader
        back={{ to: '/console/catalog', text: t('shell.nav.catalog') }} title={t('apply.cart')} facts={<span>{t('apply.cartIntro')}</span>}
        actions={cart.items.length > 0 && <Button type="primary" disabled={waiting || ready.length === 0} onClick={() => setApplying(ready)}>{t('apply.applyTogether', { count: waiting ? cart.items.length : ready.length })}</Button>}
      />
      <Panel flush>
        {cart.items.length === 0 && <Empty title={t('apply.cartEmpty')} hint={t('apply.cartEmptyHint')} action={<LinkButton type="primary" to="/console/catalog?sharingType=conditional">{t('apply.toCatalogue')}</LinkButton>} />}
        <ul className="dt-cart">
          {cart.items.map((item, index) => {
            const entry = entries[index]
            return (
              <li key={item.code}>
                {entry && <Loaded of={entry} rows={1}>{(data) => <CartLine item={item} entry={data} />}</Loaded>}
                <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('apply.cartRemove')}：${item.title}`} onClick={() => cart.remove([item.code])} />
              </li>
            )
          })}
        </ul>
      </Panel>
    </>
  )
}

function CartLine({ item, entry }: { readonly item: CartItem; readonly entry: Entry }) {
  const { t } = useT()
  const name = useName()
  return (
    <div className="dt-cart-line">
      <div className="dt-cell-title">
        <Link to={`/console/catalog/${entry.code}`}>{t.language === 'en' && entry.titleEn ? entry.titleEn : entry.title}</Link>
        <div className="dt-secondary dt-cell-sub">{name(entry.organisation)} · {item.fields.length > 0 ? t('sharing.fieldCount', { count: item.fields.length }) : t('apply.fieldsLater', { count: entry.fields.length })}</div>
      </div>
      <div className="dt-chips"><SharingChip type={entry.sharingType} /><GradeChip grade={entry.grade} /></div>
      {!entry.allowedActions.includes('apply') && <span className="dt-warn">{t('sharing.mayNotApply')}</span>}
    </div>
  )
}
