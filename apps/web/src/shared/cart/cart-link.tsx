import { ShoppingCartOutlined } from '@ant-design/icons'
import { Badge, Tooltip } from 'antd'
import { useT } from '../i18n/use-t.ts'
import { palette } from '../theme.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { useCart } from './use-cart.ts'

/** The way to the cart with the number of entries in it; nothing for those who do not apply. */
export function CartLink() {
  const { t } = useT()
  const { usable, items } = useCart()
  if (!usable) return null
  return (
    <Tooltip title={t('apply.cart')}>
      <Badge count={items.length} size="small" offset={[-6, 6]} color={palette.primary}>
        <LinkButton type="text" to="/console/sharing/cart" icon={<ShoppingCartOutlined />} aria-label={t('apply.cartCount', { count: items.length })} />
      </Badge>
    </Tooltip>
  )
}
