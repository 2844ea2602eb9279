/** What every consumer promises: no use beyond the purpose, no passing on. Its words stand in the evidence. */
export const COMMITMENT = '所获数据仅用于本申请所述目的和业务，不用于其他用途，不以任何形式向第三方提供。'
