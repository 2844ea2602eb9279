import type { Route } from '../../platform/route.ts'
import type { DeliveryContext } from './context.ts'
import { derivedRoutes } from './derived/derived-routes.ts'
import { describeRoutes } from './describe/describe-routes.ts'
import { fileRoutes } from './files/file-routes.ts'
import { graphqlRoutes } from './graphql/graphql-routes.ts'
import { usageRoutes } from './metering/usage-routes.ts'
import { objectRoutes } from './objects/object-routes.ts'
import { rowRoutes } from './rows/row-routes.ts'
import { versionRoutes } from './versions/version-routes.ts'
import { watermarkRoutes } from './watermark/watermark-routes.ts'
import { statisticsRoutes } from './statistics/statistics-routes.ts'
import { verifyRoutes } from './verification/verify-routes.ts'

/** Every form of delivery brings its own routes. */
export const deliveryRoutes = (context: DeliveryContext): Route[] => [
  ...rowRoutes(context),
  ...fileRoutes(context),
  ...usageRoutes(context),
  ...verifyRoutes(context),
  ...statisticsRoutes(context),
  ...describeRoutes(context),
  ...graphqlRoutes(context),
  ...derivedRoutes(context),
  ...watermarkRoutes(context),
  ...versionRoutes(context),
  ...objectRoutes(context),
]
