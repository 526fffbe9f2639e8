/** Short names for the contract's schemas. */
import type { components as rest } from './schema';
import type { components as room } from './room_schema';

type Rest = rest['schemas'];
type Room = room['schemas'];

export type Money = Rest['Money'];
export type Role = Rest['Role'];
export type Person = Rest['Person'];
export type Session = Rest['Session'];
export type SignInLink = Rest['SignInLink'];
export type Invitation = Rest['Invitation'];
export type NewInvitation = Rest['NewInvitation'];
export type InvitationPreview = Rest['InvitationPreview'];
export type NewShop = Rest['NewShop'];
export type Shop = Rest['Shop'];
export type Photo = Rest['Photo'];
export type Product = Rest['Product'];
export type Show = Rest['Show'];
export type ShowStatus = Rest['ShowStatus'];
export type Ingest = Rest['Ingest'];
export type Recording = Rest['Recording'];
export type Chapter = Rest['Chapter'];
export type Clip = Rest['Clip'];
export type Buyer = Rest['Buyer'];
export type NewBuyer = Rest['NewBuyer'];
export type AddressForm = Rest['AddressForm'];
export type Quote = Rest['Quote'];
export type ShippingOption = Rest['ShippingOption'];
export type PickupPoint = Rest['PickupPoint'];
export type Shipping = Rest['Shipping'];
export type Zone = Rest['Zone'];
export type Rate = Rest['Rate'];
export type Parcel = Rest['Parcel'];
export type ParcelState = Rest['ParcelState'];
export type OrderParcel = Rest['OrderParcel'];
export type Return = Rest['Return'];
export type ReturnState = Rest['ReturnState'];
export type ReturnReason = Rest['ReturnReason'];
export type NewOrder = Rest['NewOrder'];
export type OrderStatus = Rest['OrderStatus'];
export type OrderHistory = Rest['OrderHistory'];
export type OrderLine = Rest['OrderLine'];
export type BuyerOrder = Rest['BuyerOrder'];
export type SellerOrder = Rest['SellerOrder'];
export type Hold = Rest['Hold'];
export type HoldAnswer = { hold: Hold; available: number; now: string };
export type BuyersHolds = Rest['BuyersHolds'];
export type Wait = Rest['Wait'];
export type ShowStock = Rest['ShowStock'];
export type ClaimLog = Rest['ClaimLog'];
export type LoggedClaim = Rest['LoggedClaim'];
export type PaymentMethod = Rest['PaymentMethod'];
export type BuyerPayment = Rest['BuyerPayment'];
export type PaymentStep = Rest['PaymentStep'];
export type OfferedMethod = Rest['PaymentMethods']['items'][number];
export type SandboxPayment = Rest['SandboxPayment'];
export type Fulfilment = NewOrder['fulfilment'];

export type ServerFrame = Room['ServerFrame'];
export type Snapshot = Room['Snapshot'];
export type RoomEvent = Room['Event'];
export type ChatMessage = Room['ChatMessage'];
export type ProductCard = Room['ProductCard'];
export type SoldEvent = Room['Sold'];
export type Refused = Room['Refused'];
export type Command = Room['Command'];
export type VideoState = Room['VideoState'];
export type AuthorRole = Room['AuthorRole'];

export interface Page<T> {
  items: T[];
  next_cursor?: string;
}
