#pragma once
// Every route of the product, by resource. Each function adds what its file handles; `context`
// outlives the server.

#include "api/context.hpp"
#include "net/router.hpp"

namespace geili::api {

void add_session_routes(net::Router& router, const Context& context);
void add_password_routes(net::Router& router, const Context& context);
void add_people_routes(net::Router& router, const Context& context);
void add_device_routes(net::Router& router, const Context& context);
void add_shop_routes(net::Router& router, const Context& context);
void add_embedding_routes(net::Router& router, const Context& context);
void add_product_routes(net::Router& router, const Context& context);
void add_variant_routes(net::Router& router, const Context& context);
void add_bundle_routes(net::Router& router, const Context& context);
void add_photo_routes(net::Router& router, const Context& context);
void add_show_routes(net::Router& router, const Context& context);
void add_show_calendar_routes(net::Router& router, const Context& context);
void add_feed_routes(net::Router& router, const Context& context);
void add_trailer_routes(net::Router& router, const Context& context);
void add_repeat_routes(net::Router& router, const Context& context);
void add_follow_routes(net::Router& router, const Context& context);
void add_push_routes(net::Router& router, const Context& context);
void add_show_report_routes(net::Router& router, const Context& context);
void add_draw_routes(net::Router& router, const Context& context);
void add_auction_routes(net::Router& router, const Context& context);
void add_coupon_routes(net::Router& router, const Context& context);
void add_red_packet_routes(net::Router& router, const Context& context);
void add_host_routes(net::Router& router, const Context& context);
void add_room_routes(net::Router& router, const Context& context);
void add_chat_routes(net::Router& router, const Context& context);
void add_translation_routes(net::Router& router, const Context& context);
void add_question_routes(net::Router& router, const Context& context);
void add_script_routes(net::Router& router, const Context& context);
void add_recording_routes(net::Router& router, const Context& context);
void add_hold_routes(net::Router& router, const Context& context);
void add_claim_routes(net::Router& router, const Context& context);
void add_deal_routes(net::Router& router, const Context& context);
void add_order_routes(net::Router& router, const Context& context);
void add_basket_routes(net::Router& router, const Context& context);
void add_books_routes(net::Router& router, const Context& context);
void add_book_entry_routes(net::Router& router, const Context& context);
void add_payout_routes(net::Router& router, const Context& context);
void add_audit_routes(net::Router& router, const Context& context);
void add_shipping_routes(net::Router& router, const Context& context);
void add_quote_routes(net::Router& router, const Context& context);
void add_parcel_routes(net::Router& router, const Context& context);
void add_return_routes(net::Router& router, const Context& context);
void add_payment_routes(net::Router& router, const Context& context);
void add_payment_settings_routes(net::Router& router, const Context& context);
void add_payment_event_routes(net::Router& router, const Context& context);
void add_restream_routes(net::Router& router, const Context& context);
void add_webhook_routes(net::Router& router, const Context& context);
void add_webhook_delivery_routes(net::Router& router, const Context& context);
void add_rate_routes(net::Router& router, const Context& context);
void add_video_routes(net::Router& router, const Context& context);
void add_webrtc_routes(net::Router& router, const Context& context);
void add_page_routes(net::Router& router, const Context& context);

net::Router make_router(const Context& context);

}  // namespace geili::api
