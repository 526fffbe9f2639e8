#include "api/routes.hpp"

namespace geili::api {

net::Router make_router(const Context& context) {
  net::Router router;
  add_session_routes(router, context);
  add_password_routes(router, context);
  add_people_routes(router, context);
  add_device_routes(router, context);
  add_shop_routes(router, context);
  add_embedding_routes(router, context);
  add_product_routes(router, context);
  add_variant_routes(router, context);
  add_bundle_routes(router, context);
  add_photo_routes(router, context);
  add_show_routes(router, context);
  add_show_calendar_routes(router, context);
  add_feed_routes(router, context);
  add_trailer_routes(router, context);
  add_repeat_routes(router, context);
  add_follow_routes(router, context);
  add_push_routes(router, context);
  add_show_report_routes(router, context);
  add_draw_routes(router, context);
  add_auction_routes(router, context);
  add_coupon_routes(router, context);
  add_red_packet_routes(router, context);
  add_host_routes(router, context);
  add_room_routes(router, context);
  add_chat_routes(router, context);
  add_translation_routes(router, context);
  add_question_routes(router, context);
  add_script_routes(router, context);
  add_recording_routes(router, context);
  add_hold_routes(router, context);
  add_claim_routes(router, context);
  add_deal_routes(router, context);
  add_order_routes(router, context);
  add_basket_routes(router, context);
  add_books_routes(router, context);
  add_book_entry_routes(router, context);
  add_payout_routes(router, context);
  add_audit_routes(router, context);
  add_shipping_routes(router, context);
  add_quote_routes(router, context);
  add_parcel_routes(router, context);
  add_return_routes(router, context);
  add_payment_routes(router, context);
  add_payment_settings_routes(router, context);
  add_payment_event_routes(router, context);
  add_restream_routes(router, context);
  add_webhook_routes(router, context);
  add_webhook_delivery_routes(router, context);
  add_rate_routes(router, context);
  add_video_routes(router, context);
  add_webrtc_routes(router, context);
  add_page_routes(router, context);
  return router;
}

}  // namespace geili::api
