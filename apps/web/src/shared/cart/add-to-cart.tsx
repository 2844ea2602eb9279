import { CheckOutlined, ShoppingCartOutlined } from '@ant-design/icons'
import { App, Button, Tooltip, type ButtonProps } from 'antd'
import { useT } from '../i18n/use-t.ts'
import { CART_LIMIT } from './cart-store.ts'
import { useCart } from './use-cart.ts'

interface AddToCartProps {
  readonly entry: { readonly code: string; readonly title: string }
  /** Only the icon, in lists. */
  readonly small?: boolean
  readonly size?: ButtonProps['size']
}

/** Puts an entry into the cart, or takes it out again. Nothing for those who do not apply. */
export function AddToCart({ entry, small = false, size }: AddToCartProps) {
  const { t } = useT()
  const { message } = App.useApp()
  const cart = useCart()
  if (!cart.usable) return null
  const inside = cart.has(entry.code)
  const toggle = (): void => {
    if (inside) return cart.remove([entry.code])
    if (cart.items.length >= CART_LIMIT) return void message.warning(t('apply.cartFull', { count: CART_LIMIT }))
    cart.put({ code: entry.code, title: entry.title, fields: [] })
    void message.success(t('apply.cartAdded'))
  }
  const words = inside ? t('apply.cartRemove') : t('apply.cartAdd')
  const icon = inside ? <CheckOutlined /> : <ShoppingCartOutlined />
  if (!small) return <Button icon={icon} aria-pressed={inside} onClick={toggle} {...(size ? { size } : {})}>{inside ? t('apply.cartIn') : words}</Button>
  return <Tooltip title={words}><Button type="text" size="small" icon={icon} aria-pressed={inside} aria-label={`${words}：${entry.title}`} onClick={toggle} /></Tooltip>
}
