// @generated from api/openapi.yaml by npm run generate; not edited by hand.
export interface paths {
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the first administrator with the one-time link of the first start */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in on this browser, and its CSRF token */
        get: operations["getSession"];
        put?: never;
        /** Sign in with login and password */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a one-time link */
        post: operations["signInByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a new password, which ends all other sessions of the person and open sign-in links */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations you may see, newest first */
        get: operations["listInvitations"];
        put?: never;
        /** Invite somebody with a link and its QR code */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an unused invitation back */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/peek": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invitation link is for, before it is accepted */
        post: operations["peekInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation and be signed in */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people of this server (administrator, manager) or of your shop (seller) */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{person_id}/sign-in-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let somebody in again who forgot the password, by a one-time link of 15 minutes
         * @description An administrator for everybody, a manager for sellers and helpers. A new link ends the one before; at
         *     most 5 are made for a person in 15 minutes.
         */
        post: operations["createSignInLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buyer's device behind the cookie */
        get: operations["getDevice"];
        put?: never;
        /** Give this browser a device cookie, or rename the one it has */
        post: operations["registerDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders placed from this device, newest first */
        get: operations["listDeviceOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All shops */
        get: operations["listShops"];
        put?: never;
        /** Open a shop (administrator, manager) */
        post: operations["createShop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** A shop */
        get: operations["getShop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a shop */
        patch: operations["changeShop"];
        trace?: never;
    };
    "/shops/{shop_id}/embedding": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** The web sites that may show the shop's shows in a frame (the page /embed/{show_id}) */
        get: operations["getEmbedding"];
        /**
         * Change all of them; an empty list lets nobody
         * @description Who buys goes on to the show's own page. No other page of the server can be shown in a frame.
         */
        put: operations["setEmbedding"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/products.rss": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /**
         * What anybody may buy of the shop, for Google Merchant and its like; the newest 1000
         * @description Readers are to ask again with the ETag.
         */
        get: operations["getProductFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shows.rss": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /**
         * Shows of the shop as RSS: live, next and past, at most 50
         * @description Readers are to ask again with the ETag.
         */
        get: operations["getShopShowsFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Set the shop's picture */
        put: operations["setShopCover"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/products": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** A shop's products, newest first; hidden ones only for its people */
        get: operations["listProducts"];
        put?: never;
        /** List a product */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        /** A product with its stock */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        /**
         * Take a product out of the shop, with its variants; its orders keep it
         * @description Refused while it, or a variant of it, is a part of a bundle.
         */
        delete: operations["removeProduct"];
        options?: never;
        head?: never;
        /**
         * Change a product
         * @description A variant has its title, its description and whether it is hidden from its parent, and a parent its price from its
         *     variants: those are not changed here.
         */
        patch: operations["changeProduct"];
        trace?: never;
    };
    "/products/{product_id}/stock-changes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add to the stock or take from it
         * @description A difference, so that a sale made meanwhile is not undone. Refused when it would go below zero, and of what is
         *     not counted: parents and bundles.
         */
        post: operations["changeStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/variants": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sell the product in one more variant
         * @description A variant is a product of its own: it is changed, counted, photographed, held, bought and removed by its id. The
         *     product itself is not sold any more while it has variants.
         */
        post: operations["addVariant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/variant-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        /** The order in which variants are shown */
        put: operations["orderVariants"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List a bundle of the shop's products
         * @description It has no stock of its own; as many are left as its parts make, and buying one takes all of them or none.
         */
        post: operations["createBundle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Make a bundle of other parts
         * @description What was held or bought before keeps the parts it took.
         */
        put: operations["changeParts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/photos": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a photo as the phone took it (JPEG, PNG, WebP or HEIC, at most 15 MB)
         * @description It is turned upright, resized, re-encoded and stripped of metadata.
         */
        post: operations["addPhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/photos/{photo_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
                photo_id: components["parameters"]["PhotoId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a photo */
        delete: operations["removePhoto"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows of all shops */
        get: operations["listShows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shows": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Schedule a show */
        post: operations["createShow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows.rss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows of all shops as RSS: live, next and past, at most 50; none of practice shops
         * @description Readers are to ask again with the ETag.
         */
        get: operations["getShowsFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** A show with its bag */
        get: operations["getShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a show's title, start or bag */
        patch: operations["changeShow"];
        trace?: never;
    };
    "/shows/{show_id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Set the show's cover; without one the first key frame is used */
        put: operations["setShowCover"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/trailer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Show a clip of a recorded show while people wait; once that recording is gone, there is none */
        put: operations["setTrailer"];
        post?: never;
        /** Show no trailer */
        delete: operations["removeTrailer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Let the show come again on weekdays, at the time of day of its start
         * @description One show of a series is planned at a time: the next one, with title, bag, cover and trailer, once this is live, over, or twelve hours past its start. Clocks that change with the season change nothing of the time of day.
         */
        put: operations["repeatShow"];
        post?: never;
        /** Plan no more shows of the series; what is planned stays */
        delete: operations["endRepeats"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/follow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** How many follow the shop, and whether the device does; who they are is told to nobody */
        get: operations["getFollow"];
        /** Follow the shop */
        put: operations["followShop"];
        post?: never;
        /** Follow the shop no more */
        delete: operations["unfollowShop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/followed-shops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shops that the device follows, the newest first; at most 200 */
        get: operations["listFollowedShops"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/push-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key that a browser subscribes with (RFC 8292), as `applicationServerKey` */
        get: operations["getPushKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/push-subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the device is reminded of; its subscription itself is told to nobody */
        get: operations["getPushSubscription"];
        /**
         * Where the device's browser can be told something; it takes the place of the one before
         * @description The subscription as the browser gives it (Push API). A reminder is sent by Web Push (RFC 8030), encrypted for
         *     this browser alone (RFC 8291), as JSON `{title, body, url, tag, lang, at?}`: `{time}` in `body` stands for `at`.
         *     The endpoint must be https on the public internet.
         */
        put: operations["setPushSubscription"];
        post?: never;
        /** Tell the device nothing more, and forget what it asked for */
        delete: operations["deletePushSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/reminder": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Remind the device of a planned show: 15 minutes before, when it is moved or called off, and when it is live */
        put: operations["remindOfShow"];
        post?: never;
        /** Remind the device of this show no more */
        delete: operations["forgetShow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/reminder": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Follow the shop, and remind the device of each of its shows */
        put: operations["remindOfShop"];
        post?: never;
        /** Remind the device of this shop's shows no more; it follows the shop as before */
        delete: operations["forgetShop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** How many devices are reminded of the show; which ones is told to nobody */
        get: operations["countReminders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/calendar.ics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** A show for a calendar (RFC 5545), with an alarm ten minutes before */
        get: operations["getShowCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open the show to viewers */
        post: operations["startShow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the show
         * @description A deal that runs ends, an auction that is open is closed, a draw that is open is drawn.
         */
        post: operations["endShow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/call-off": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a planned show off
         * @description It ends without having begun, and is in no list any more. Who waits in its room and who asked to be reminded is told; a series goes on with its next show.
         */
        post: operations["callOffShow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** Where OBS, ffmpeg or a phone app sends the picture, and how it arrives */
        get: operations["getIngest"];
        put?: never;
        /** Make a new stream key; the old one stops working */
        post: operations["renewStreamKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/recording": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The show to watch again, with a chapter for each time a product was pinned */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        /** Delete the recording with its clips, for good */
        delete: operations["deleteRecording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/recording/clips": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cut a clip out of the recording, by time or of a product
         * @description Give `from_ms` and `to_ms`, or `product_id` for the longest time that it was pinned. Nothing is re-encoded: the clip begins at the last key frame before, and ends with its group of pictures. Asking again gives the same clip. The newest 24 clips of a recording are kept.
         */
        post: operations["createClip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/whip": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go live by WebRTC (WHIP, RFC 9725)
         * @description Send the offer of a connection that sends one picture (H.264 preferred, VP8) and one sound (Opus). Who is at the show's desk needs no more than the session; an encoder sends the stream key as `Authorization: Bearer`. `Location` of the answer is the session's address, to be kept secret.
         */
        post: operations["publishLive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/whip/{session}": {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                /** @description The secret of the session, from `Location` */
                session: components["parameters"]["WebRtcSession"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the session */
        delete: operations["endPublishing"];
        options?: never;
        head?: never;
        /** Trickle ICE candidates, or restart ICE after the network changed */
        patch: operations["patchPublishing"];
        trace?: never;
    };
    "/shows/{show_id}/whep": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Watch by WebRTC (WHEP)
         * @description Send the offer of a connection that receives. Pages of any site may ask. When this is refused, the show can still be watched by HLS.
         */
        post: operations["playLive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/whep/{session}": {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                /** @description The secret of the session, from `Location` */
                session: components["parameters"]["WebRtcSession"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the session */
        delete: operations["endPlaying"];
        options?: never;
        head?: never;
        /** Trickle ICE candidates, or restart ICE after the network changed */
        patch: operations["patchPlaying"];
        trace?: never;
    };
    "/shows/{show_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Pin a product of the bag for all viewers */
        put: operations["pinProduct"];
        post?: never;
        /** Unpin */
        delete: operations["unpinProduct"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/draws": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The lucky draws of a show, the newest first */
        get: operations["listDraws"];
        put?: never;
        /**
         * Open a lucky draw; its seed is fixed now, and the hash of it is told
         * @description Of a prize that is a product of the bag, one unit for each who may win is set apart at once, and nobody else can
         *     buy it. What nobody has won is on sale again when it ends; what was won is kept for its winner until a day after
         *     the announced end.
         */
        post: operations["openDraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/draws/{draw_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        /** A lucky draw, and the device's own entry */
        get: operations["getDraw"];
        put?: never;
        post?: never;
        /** Call it off; nobody wins, and the seed is told all the same */
        delete: operations["cancelDraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/draws/{draw_id}/entry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter; a device has one entry, and gets it again */
        post: operations["enterDraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/draws/{draw_id}/winners": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draw now, before its time is over */
        post: operations["drawWinners"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/draws/{draw_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        /**
         * All that anybody needs to find the winners again, once it is over
         * @description `geili verify-show FILE` checks it and trusts nothing else. SHA-256 over values, each text written as its
         *     length, `;` and itself, each number in decimals with `;` behind it; bytes as texts. Commitment: of the seed. The
         *     chain begins with `draw`, show, draw, prize, winners_max, opened_at_us, commitment; each entry continues it with
         *     the hash before, number, mark, entered_at_us. Turn t = 1, 2, …: x is the first 64 bits over seed, last hash, t;
         *     the number is 1 + x mod entries, unless it has won, or x is of the last partial run of entries below 2^64.
         */
        get: operations["getDrawLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** The coupons of a shop, the newest first */
        get: operations["listCoupons"];
        put?: never;
        /**
         * Make a coupon, so many of it
         * @description Without a `code` it is taken by a tap in the shop's shows, whose rooms hear `coupon`; with one by who knows it. It
         *     lessens what the goods of an order cost, never shipping, and nobody pays less than nothing; a percentage is
         *     rounded down to the minor unit. A shop has at most 200 that are valid. A repeat with the same key and body makes no
         *     other: it is answered with the coupon as it is now.
         */
        post: operations["makeCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/coupons/{coupon_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                coupon_id: components["parameters"]["CouponId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give out no more of a coupon; who has one keeps it */
        delete: operations["withdrawCoupon"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The coupons that can be taken by a tap in a show now, the newest first */
        get: operations["listShowCoupons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The coupons that this device has of a shop, valid now and not spent */
        get: operations["listHeldCoupons"];
        put?: never;
        /**
         * Take a coupon, by a tap or by its code
         * @description Never more are taken than there are, and none for a buyer beyond `per_buyer_max`. While the device has one that
         *     is not spent, it gets that again.
         */
        post: operations["takeCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/red-packets": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The red packets of a show, the newest first, with the envelopes that this device has opened */
        get: operations["listRedPackets"];
        put?: never;
        /**
         * Give away a sum in so many envelopes, for a short time
         * @description One at a time, in a show that is live. What is in each envelope follows from a seed that is fixed now, and the hash
         *     of it is told. An envelope is a coupon of its own worth, of the shop and of the device that opened it.
         */
        post: operations["openRedPacket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/red-packets/{packet_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                packet_id: components["parameters"]["PacketId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End it before its time is over; who has opened an envelope keeps it */
        delete: operations["endRedPacket"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/red-packets/{packet_id}/envelope": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                packet_id: components["parameters"]["PacketId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open an envelope; a device has one of a packet, and gets it again */
        post: operations["openEnvelope"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/red-packets/{packet_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                packet_id: components["parameters"]["PacketId"];
            };
            cookie?: never;
        };
        /**
         * What was in the envelopes, and how anybody finds it again, once it is over
         * @description Commitment: the SHA-256 of the seed as a text, its length and `;` before it. Even: total / envelopes in each, and
         *     one minor unit more in the first total mod envelopes. Lucky: each has the least, a tenth of an even share and
         *     at least one minor unit; the rest is cut at envelopes - 1 places. A place is the first 64 bits of the SHA-256
         *     over seed, as above, and t with `;` behind it, modulo the rest plus one, for t = 1, 2, …, unless it is of the last
         *     partial run below 2^64. What lies between the places, in their order, comes on top of the least.
         */
        get: operations["getRedPacketLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/draws/{draw_id}/prize": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold the prize that the device has won for ten minutes
         * @description Where the prize is a product. Ordering one piece of it in the show then costs nothing but sending it, by the
         *     shop's own rates and together with what else the buyer has there. The same again answers the hold; a hold that
         *     ran out may be taken again, for certain until a day after the announced end of the draw.
         */
        post: operations["takePrize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/auctions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The auctions of a show, the newest first */
        get: operations["listAuctions"];
        put?: never;
        /**
         * Open an auction for one piece, which is set apart until it ends
         * @description In mode `extend` a bid in the last `extend_s` seconds moves the close to `extend_s` after it, and at most ten
         *     minutes behind the announced close; in `sudden_death` nothing moves it.
         */
        post: operations["openAuction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auctions/{auction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        /** An auction, and the device's own part in it */
        get: operations["getAuction"];
        put?: never;
        post?: never;
        /** Call it off; nobody has it, and the piece is on sale again */
        delete: operations["cancelAuction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auctions/{auction_id}/bids": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bid; a bid is binding
         * @description At least the start, or the highest bid and a step (409 `bid-too-low` tells `least_minor`), and not against
         *     oneself (409 `bid-is-yours`). At most 5 bids of a device in 10 seconds. What counts is the server's clock: from
         *     `closes_at` on it is 409 `auction-closed`. The highest bid is held for its bidder for ten minutes once the
         *     auction is closed; ordering one piece in the show then costs the bid. Who does not order in time, or whose payment
         *     fails, leaves it to the next bidder at the own highest bid, up to three in all and two hours.
         */
        post: operations["bid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auctions/{auction_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close it now, before its time is over; the highest bid has it */
        post: operations["closeAuction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auctions/{auction_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        /**
         * All that anybody needs to follow it again, once it is over
         * @description `geili verify-show FILE` checks it and trusts nothing else. SHA-256 over values, each text written as its
         *     length, `;` and itself, each number in decimals with `;` behind it; bytes as texts. The chain begins with
         *     `auction`, show, auction, product, title, currency, start_minor, step_minor, mode, extend_s, opened_at_us,
         *     first_close_at_us, last_close_at_us; each line continues it with the hash before, position, what, at_us, mark,
         *     amount_minor, closes_at_us.
         */
        get: operations["getAuctionLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/messages/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Hide a chat message from everybody */
        delete: operations["hideMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/messages/{seq}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a question was answered; the room hears of it
         * @description Where it was answered before, nothing changes.
         */
        post: operations["answerQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** What viewers asked */
        get: operations["listQuestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/script": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The script of a show, and the beat that is under way */
        get: operations["getScript"];
        /**
         * Put these beats in the place of the script
         * @description A beat that is sent with its `id` stays the one it was; one without is new. What was begun of a beat that is left
         *     out is still told in the report.
         */
        put: operations["setScript"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/script/{beat_id}/begin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                beat_id: components["parameters"]["BeatId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a beat, which ends the one before; a beat may be begun again later
         * @description Where it is under way already, nothing changes.
         */
        post: operations["beginBeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/messages/{seq}/sanction": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep the author of a message quiet in all shows of the shop
         * @description `timeout`: not for so many seconds; `ban`: no more, and all they said is hidden; `shadow`: they see what they
         *     write, and nobody else does. It takes the place of what was set for them before, and holds for the device.
         */
        post: operations["sanctionAuthor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/messages/{seq}/translation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A message of the chat in another language
         * @description Of a message that the room shows; the room's snapshot says whether there are translations at all. What has no
         *     words, or is in that language, comes back as it is. A device may ask for 60 at once and then for two a second.
         */
        post: operations["translateMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/announcement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Set what stands above the chat, in the place of what stood there */
        put: operations["announce"];
        post?: never;
        /** Take away what stands above the chat */
        delete: operations["withdrawAnnouncement"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/chat.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /**
         * What was said in a show, for a spreadsheet (RFC 4180, with a byte order mark)
         * @description The last 20,000 messages, as long as the host of the installation keeps them. `number` is empty where the
         *     author alone was shown the message; `sanction` is what holds for its author now; `lang` is the language it is
         *     in, where that is known.
         */
        get: operations["exportChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/chat-rules": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** How the chat of the shop's shows is kept */
        get: operations["getChatRules"];
        /**
         * Change all of it; open rooms follow at once
         * @description People of the shop are free of these rules.
         */
        put: operations["setChatRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/chat-sanctions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** Whom the shop keeps quiet now, newest first */
        get: operations["listChatSanctions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/chat-sanctions/{sanction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                sanction_id: components["parameters"]["SanctionId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Let somebody be heard again */
        delete: operations["liftChatSanction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/room": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /**
         * The show's room: a WebSocket speaking live-events.yaml
         * @description Answers 101 to a WebSocket upgrade from the server's own origin.
         */
        get: operations["joinRoom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /**
         * Who came when, as a chain of hashes that anybody can check
         * @description Append-only, oldest first, at most 500 at once. `hash` is the SHA-256 of these, one after the other: the hash
         *     before as its length (0 for the first, else 32), `;` and its bytes; the show's id, `position`; `what` and
         *     `mark`, each as its length in bytes, `;` and the text; `product_id`, `quantity`, `at_us`. Each number is written in
         *     decimals with `;` behind it. A bundle has an entry and each of its parts one more, under the same `mark`: the
         *     entries of a product are all that was taken of it.
         */
        get: operations["listClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/stock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** How many are held and waited for, and the limits, of products that were claimed or limited in the show */
        get: operations["listShowStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/products/{product_id}/limit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Limit how much of a product the show sells, and each buyer gets there; what is left out has no limit
         * @description Units that were taken already stay taken.
         */
        put: operations["setShowLimit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/deals": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The flash deals of a show, newest first */
        get: operations["listDeals"];
        put?: never;
        /**
         * Sell some units of a product in the show at a lower price for a while
         * @description The server's clock decides: it starts `countdown_s` after it was announced and ends `length_s` later. A product,
         *     a variant or a bundle has one deal at a time in a show. `price` is below the product's, and `units` are not more
         *     than there are. The room hears `deal_announced`, and `deal_ended` when it is over. Without `vouchers_max` nothing
         *     on deal is paid by voucher.
         */
        post: operations["announceDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/deals/{deal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                deal_id: components["parameters"]["DealId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a deal now; what has ended already stays as it is
         * @description What is held under it keeps its price until the hold ends.
         */
        delete: operations["withdrawDeal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is held for this device, and what it waits for
         * @description At most 20 holds and what was offered, and 20 places in line.
         */
        get: operations["listHolds"];
        put?: never;
        /**
         * Hold a product for three minutes
         * @description A device has one hold for each product. The same again answers it; another quantity or show takes its place;
         *     both keep the time it had. Ordering as much in the same show uses it. While a deal of the show has units left for the
         *     buyer, it is held under the deal and keeps that price. 409 `sold-out` tells what is
         *     `available`, as which claim in the show this one came (`place`) and how many are `waiting`; 409 `buyer-limit` tells
         *     `units_per_buyer_max`, 409 `show-limit` what is `available` in the show.
         */
        post: operations["holdProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/holds/{claim_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: components["parameters"]["ClaimId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give a hold back; again changes nothing */
        delete: operations["cancelHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/waits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wait for a product that is sold out
         * @description What falls back is held for five minutes for the first whose wish fits; the show's room hears `offered` with the
         *     id of the wait, and `GET /device/holds` tells the hold. Joining again keeps the place.
         */
        post: operations["joinLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/waits/{wait_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wait_id: components["parameters"]["WaitId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Leave the line; again changes nothing */
        delete: operations["leaveLine"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy
         * @description Durable before it is answered, and never more than there is. A repeat with the same key and body gets the
         *     first answer; with another body 422 `idempotency-key-reused`; while the first is under way 409
         *     `request-in-flight`. Refusals: 409 `sold-out` (with `available`, in a show also `place`: as which claim it
         *     came), 409 `buyer-limit` (with `units_per_buyer_max`), 409 `show-limit` (with `available`), 409 `price-changed` (with
         *     `current_total_minor`, `current_shipping_minor`), 409 `product-unavailable`, 409 `variant-required` (one of its
         *     variants is meant), 409 `pickup-unavailable`. Of a bundle all parts are taken or none; `available` counts bundles.
         *     While a deal of the show runs, its price counts for as many units as it has left and each buyer gets. Where
         *     `expected_total` is another because the deal's units are gone, or the buyer has had as many, it is 409
         *     `deal-sold-out` or 409 `deal-limit`, with the figures of `price-changed`.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/baskets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy of several shops together
         * @description An order for each shop, all of them or none: one transaction, one key. Each is paid and sent by its shop.
         *     Refusals are those of placeOrder, with `order`: the place in `orders` of the one that was refused; the paths of
         *     its faulty fields begin with `/orders/<n>`. A repeat with the same key and body gets the first answer.
         */
        post: operations["placeBasket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_token}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        /** An order by its link, which never expires */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the note or the quantities of an order that is not packed yet
         * @description Stock, shipping and total follow; prices stay those of the order. `expected_total` is what the buyer was
         *     shown, as in placeOrder. An order ends by cancelling, not by a quantity of 0.
         */
        patch: operations["changeOrder"];
        trace?: never;
    };
    "/orders/{order_token}/returns": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to give goods back that were handed over */
        post: operations["askReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_token}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the buyer is to do next to pay
         * @description Asks the provider to begin, or for the next step of what was begun: as often as it is needed. When the money is
         *     in, nothing is left to do and the step is empty. An order paid in cash has no such step: 404
         *     `payment-not-found`. A provider that does not answer is asked again by itself:
         *     503 `payment-provider-busy`.
         */
        post: operations["beginPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_token}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an order that is not packed yet; its goods go back on sale */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** A shop's orders, newest first */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        /** An order as the seller sees it */
        get: operations["getShopOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/orders/{order_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Pack, hand over or cancel
         * @description placed → packed → handed_over; placed or packed → cancelled, which returns the stock. Anything else is 409
         *     `order-status-conflict`. Repeating the status an order has changes nothing.
         */
        put: operations["setOrderStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/orders/{order_id}/payment/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The money is in hand, or on the account
         * @description Of cash and of bank transfers; again changes nothing. Money for an order that has expired claims the goods
         *     again, or is to be given back when they are gone: `problem` is then `refund-by-hand`.
         */
        post: operations["confirmPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/orders/{order_id}/payment/problem": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** A person has looked at what was wrong; money to be given back by hand was given back */
        delete: operations["clearPaymentProblem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/orders/{order_id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give money back, whole or in part
         * @description By the provider where it moved the money; cash and transfers by the seller's own hand, which this says was
         *     done. Never more than came in: 409 `refund-too-large` (with `refundable_minor`). With `return_stock` the goods
         *     go on sale again, and an order that was not handed over is cancelled.
         */
        post: operations["refundOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/payment-methods": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** How an order of a shop may be paid */
        get: operations["listPaymentMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/payment-settings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** What a shop takes (administrator, manager); keys are not shown */
        get: operations["getPaymentSettings"];
        /**
         * Set all that a shop takes (administrator, manager)
         * @description A provider that is absent is no longer offered and its keys are forgotten; a key that is absent stays what it
         *     was. Keys are kept encrypted. The sandbox may not stand beside a provider that moves real money.
         */
        put: operations["setPaymentSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/payment-settings/check": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a provider's keys work, by a call that changes nothing */
        post: operations["checkPaymentSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{reference}/return": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        /**
         * Where a provider's page sends the buyer afterwards
         * @description What came in is looked up, and the buyer goes on to the order's page.
         */
        get: operations["returnFromPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{provider}/{shop_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a provider tells of its own accord
         * @description The body is verified byte for byte by the shop's own secret. The same event again is answered 200 and does
         *     nothing; in whatever order events come, the payment ends the same.
         */
        post: operations["takeWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        /** What the practice card page shows */
        get: operations["getSandboxPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/{reference}/card": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay with a practice card
         * @description By its last four digits: 4242 is paid, 0002 declined, 0077 paid five minutes later, 3220 asks for a
         *     confirmation. Other cards are refused, and no number is kept.
         */
        post: operations["paySandboxCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/{reference}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer at the make-believe bank */
        post: operations["answerSandboxBank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipping/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What sending costs, told before the tap
         * @description For the buyer's device, what these goods add to the parcel of the show that they go into; without a device, or
         *     with an address that is not whole yet, what they cost by themselves. A shop that has not said where it sends to
         *     sends everywhere for nothing.
         */
        post: operations["quoteShipping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/address-forms/{country}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                country: string;
            };
            cookie?: never;
        };
        /** Which parts an address has in a country, in the order to ask for them */
        get: operations["getAddressForm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shipping": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** Where a shop sends to and for how much */
        get: operations["getShipping"];
        /** Set what all zones share */
        put: operations["setShipping"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shipping/zones": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a zone; with the first one the shop sends to its zones alone */
        post: operations["createZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shipping/zones/{zone_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                zone_id: components["parameters"]["ZoneId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Change a zone with its rates; a rate that is named by its id stays the same one */
        put: operations["replaceZone"];
        post?: never;
        /** Take a zone away */
        delete: operations["deleteZone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shipping/pickup-points": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a place where buyers fetch what they bought, for nothing */
        post: operations["createPickupPoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shipping/pickup-points/{point_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                point_id: components["parameters"]["PointId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Change a pick-up point */
        put: operations["replacePickupPoint"];
        post?: never;
        /** Take a pick-up point away */
        delete: operations["deletePickupPoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/shipping/carriers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Say on which page a carrier follows a parcel; an empty template takes it away */
        put: operations["setCarrier"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** A shop's parcels in order of making */
        get: operations["listParcels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/parcels/{parcel_id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                parcel_id: components["parameters"]["ParcelId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Pack, open again, or note that it arrived or came back; its orders keep step */
        put: operations["setParcelState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/parcels/{parcel_id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                parcel_id: components["parameters"]["ParcelId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Hand a packed parcel over, or correct how that was done */
        put: operations["handOverParcel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/parcel-papers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Slips, labels or a pick list as PDF, in the shop's language
         * @description Of the parcels that are named (at most 100); without names the open and packed ones whose paper was not printed
         *     yet, the oldest first, as it sells. A pick list without names is for all open ones. What was printed is noted.
         */
        post: operations["printParcels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/returns": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** What buyers want to give back, oldest first */
        get: operations["listReturns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/returns/{return_id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                return_id: components["parameters"]["ReturnId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Accept or refuse, note that the goods are back, end it with money or with another order's goods
         * @description `refunded` gives `amount_minor` back as refundOrder does, with the same commit; again with the same amount
         *     changes nothing. Whether the goods go on sale again is said when they are received.
         */
        put: operations["setReturnState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/books": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** What the co-operative owes the shop now, and what it keeps of its sales */
        get: operations["getShopBooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/commission": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Set the co-operative's share of the shop's later sales */
        put: operations["setCommission"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** The shop's account with the co-operative over a time */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** The same for a spreadsheet (RFC 4180, with a byte order mark) */
        get: operations["getStatementCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/statement.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** The same on paper */
        get: operations["getStatementPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/earnings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /**
         * What the shop has earned with the show, after fees and shipping
         * @description Of the orders whose money has come, with all that has gone back up to now. An order that is paid in cash
         *     counts from the moment it is handed over from hand to hand, or its parcel is delivered by the carrier.
         */
        get: operations["getShowEarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /**
         * Who watched when, what was shown and sold meanwhile, and what was lost
         * @description Of the goods of one shop. Viewers are counted every 15 s; a variant is told as its parent. What was earned after
         *     fees and shipping is told by the earnings.
         */
        get: operations["getShowReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/report-minutes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The report as a table with a row a minute (RFC 4180, with a byte order mark) */
        get: operations["getShowReportMinutesCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/report-products.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The report as a table with a row a product (RFC 4180, with a byte order mark) */
        get: operations["getShowReportProductsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/report-beats.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The report as a table with a row a beat of the script (RFC 4180, with a byte order mark) */
        get: operations["getShowReportBeatsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/report.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** The report on paper */
        get: operations["getShowReportPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/bank-account": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** Where the shop's money is sent, its number masked */
        get: operations["getBankAccount"];
        /**
         * Name the account
         * @description Check digits of a CLABE or IBAN are verified; spaces and hyphens between groups are left out. A payout that
         *     was opened before keeps the account of then, and cannot be approved any more.
         */
        put: operations["setBankAccount"];
        post?: never;
        /** Forget the account, in past payouts too */
        delete: operations["eraseBankAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/book-entries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter what the shop has paid to the co-operative, or a correction
         * @description A `payment` is what a shop pays of what it owes, for example commission of sales in cash; an `adjustment` is
         *     what nothing else describes, to the shop (above 0) or from it, and its `memo` says why.
         */
        post: operations["enterIntoBooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/books/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the books are whole
         * @description Recomputes sums and the chain of all entries. With the number and hash that a printed statement shows, it is
         *     told as well whether the books still hold that entry.
         */
        get: operations["checkBooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payout batches, newest first, without their lines */
        get: operations["listPayouts"];
        put?: never;
        /** Draft a batch with a line for every shop that has something due */
        post: operations["openPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payouts/{payout_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        /** A batch with its lines */
        get: operations["getPayout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payouts/{payout_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take every line out of its shop's balance
         * @description Again changes nothing. A shop that has less due now, or another account, is refused; cancel the draft and open another.
         */
        post: operations["approvePayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payouts/{payout_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give every line back, while none was paid */
        post: operations["cancelPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payouts/{payout_id}/paid": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The bank has paid every line that is still open */
        post: operations["markPayoutPaid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payouts/{payout_id}/bank-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        /** The lines with whole account numbers, to be handed to the bank (RFC 4180, without a byte order mark) */
        get: operations["getPayoutBankFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payouts/{payout_id}/lines/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
                line_id: components["parameters"]["LineId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * The bank has paid a line, or refused it or sent the money back
         * @description What failed returns to the shop's balance.
         */
        put: operations["markPayoutLine"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/currencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * In which currencies a buyer may see about what a price is
         * @description Those that an exchange rate of the last thirty days names; none where no rates are kept. May be cached for five minutes.
         */
        get: operations["listCurrencies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How amounts become about so much in another currency today
         * @description Nobody is ever charged by these: every sale is in its shop's currency. An amount of `base` goes over the
         *     `legs` one after the other, each multiplied where it leads the way and divided where it leads back; the exact
         *     result is rounded once, to the minor unit of `quote`, a half away from zero. There are two legs where no rate
         *     leads there directly; `date` is the older day of the two. A rate older than seven days `is_old`, one older than
         *     thirty is not told. May be cached for five minutes.
         */
        get: operations["listExchangeRates"];
        put?: never;
        /**
         * Record what a source says of some days, all of it or nothing
         * @description What is known already changes nothing. Another rate of the same day and source is a correction; both are kept, and the newer record counts.
         */
        post: operations["recordExchangeRates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange-rates/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every rate that was ever recorded, newest first */
        get: operations["listExchangeRateRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/restreams": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** Where the shop's shows are sent on to */
        get: operations["listRestreams"];
        put?: never;
        /**
         * Add a target, at most five a shop
         * @description While a show is live and its camera sends, it goes on to the server as H.264 and AAC. The stream key is kept
         *     sealed and is in no answer. The server URL is rtmp:// or rtmps://, of the public internet, at port 1935 or
         *     443; the host of an installation may allow more.
         */
        post: operations["createRestream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/restreams/{restream_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                restream_id: components["parameters"]["RestreamId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Change a target, switch it off or on again
         * @description Without `stream_key` the key stays as it is. A show that is live follows within seconds.
         */
        put: operations["changeRestream"];
        post?: never;
        /** Remove a target and its key */
        delete: operations["deleteRestream"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/restreams": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        /** Every target of the shop as this show has it, and how sending there goes */
        get: operations["listShowRestreams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shows/{show_id}/restreams/{restream_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                restream_id: components["parameters"]["RestreamId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Take a target for this show, or not; of no meaning where it takes all shows */
        put: operations["chooseRestream"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        /** Where the shop's own programs are told */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Add an endpoint, at most five a shop
         * @description What happens in the shop is sent there by the Standard Webhooks specification: a POST with `webhook-id`,
         *     `webhook-timestamp` and `webhook-signature`. The secret is in this answer and is never shown again. The URL
         *     is https://, of the public internet, at port 443; the host of an installation may allow more.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Change an endpoint, disable it or enable it again
         * @description Disabling gives up what waits to be sent; it can be begun anew later. Without `disabled` that stays as it
         *     is: an endpoint that was disabled meanwhile is not enabled by changing its address.
         */
        put: operations["changeWebhookEndpoint"];
        post?: never;
        /** Remove an endpoint and what was sent there */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; the old one signs beside it for 24 hours */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send `webhook.test` to this endpoint */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /** What was sent there in the last 30 days, newest first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
                delivery_id: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send what was delivered or given up once more, with the same `webhook-id` */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/now": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
                delivery_id: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send what waits for its next attempt at once; the attempt counts as it would have */
        post: operations["hurryWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}/now": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send all that waits for its next attempt at once */
        post: operations["hurryWaitingWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shops/{shop_id}/webhook-endpoints/{endpoint_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send all that was given up once more */
        post: operations["replayDeadWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "order.placed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A buyer has ordered */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderPlacedEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The money of an order is there */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderPaidEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Money of an order went back, all of it or a part */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderRefundedEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An order was called off; its goods are on sale again */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderCancelledEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.packed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An order is packed */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderPackedEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.handed_over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The buyer, or the carrier, has an order */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderHandedOverEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "parcel.shipped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The carrier has a parcel */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ParcelShippedEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "parcel.delivered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A parcel was delivered */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ParcelDeliveredEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "return.asked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A buyer wants to give goods back */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReturnAskedEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "product.sold_out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nothing is left of a product: by its own sale, or by one that took its parts or its last variant */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductSoldOutEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "show.started": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A show is on */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ShowStartedEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "show.ended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A show is over */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ShowEndedEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payout.paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The co-operative has paid the shop */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PayoutPaidEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What testWebhookEndpoint sends, to one endpoint alone */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description The same of every attempt, and of what is sent again */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                    /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
                    "webhook-signature": components["parameters"]["WebhookSignature"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookTestEvent"];
                };
            };
            responses: {
                410: components["responses"]["WebhookUnwanted"];
                "2XX": components["responses"]["WebhookTaken"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        PushSubscription: {
            /**
             * Format: uri
             * @description https, on the public internet
             */
            endpoint: string;
            keys: {
                p256dh: string;
                auth: string;
            };
            /**
             * @description What reminders are written in
             * @enum {string}
             */
            language: "en" | "zh" | "es" | "fr";
        };
        Reminders: {
            /** @description Whether the device has a subscription */
            is_on: boolean;
            /** @enum {string} */
            language?: "en" | "zh" | "es" | "fr";
            show_ids: components["schemas"]["Id"][];
            /** @description Of whose shows each is told */
            shop_ids: components["schemas"]["Id"][];
        };
        /** @description Opaque */
        Id: string;
        /** Format: date-time */
        Instant: string;
        /** @description The secret part of a link */
        Token: string;
        /** @description A name, phone number or e-mail address; case does not matter */
        Login: string;
        NewPassword: string;
        /** @enum {string} */
        Role: "admin" | "manager" | "seller" | "helper";
        /** @description ISO 4217 */
        Currency: string;
        Money: {
            /** @description Count of minor units */
            minor: number;
            currency: components["schemas"]["Currency"];
        };
        Stock: number;
        /** @description Grams of one piece, packed; 0: not told, the shop's default counts */
        ProductWeight: number;
        /** @description What sets it apart: "45 cm, silver" */
        VariantName: string;
        /** @description Products of the shop that are neither bundles nor sold in variants, each once; two pieces at least */
        NewParts: {
            product_id: components["schemas"]["Id"];
            /** @description In one bundle */
            quantity: number;
        }[];
        /** @description In show order; products of the show's shop */
        Bag: components["schemas"]["Id"][];
        /** @description Absent on the last page */
        NextCursor: string;
        Problem: {
            /** @description Stable, e.g. /problems/sold-out */
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** @description An incident number to give to the host */
            instance?: string;
            errors?: {
                /** @description JSON Pointer into the body, or the parameter's name */
                path: string;
                message: string;
            }[];
        } & {
            [key: string]: number;
        };
        Person: {
            id: components["schemas"]["Id"];
            name: string;
            login: string;
            role: components["schemas"]["Role"];
            created_at: components["schemas"]["Instant"];
        };
        PersonPage: {
            items: components["schemas"]["Person"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        Session: {
            person: components["schemas"]["Person"];
            csrf_token: string;
            /** @description The shops this person works for (at most 100) */
            shops: components["schemas"]["Shop"][];
            expires_at: components["schemas"]["Instant"];
            /** @description Whether a new password may be set without the current one, as after a sign-in link */
            may_reset_password: boolean;
        };
        SignInLink: {
            /** @description The link to send, /signin/link#token on this server */
            url: string;
            /** @description The link's QR code as a data: URL of an SVG picture */
            qr_svg: string;
            expires_at: components["schemas"]["Instant"];
        };
        Invitation: {
            id: components["schemas"]["Id"];
            role: components["schemas"]["Role"];
            name: string;
            shop_id?: components["schemas"]["Id"];
            /** @enum {string} */
            status: "open" | "accepted" | "revoked" | "expired";
            created_at: components["schemas"]["Instant"];
            expires_at: components["schemas"]["Instant"];
        };
        InvitationPage: {
            items: components["schemas"]["Invitation"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        NewInvitation: {
            invitation: components["schemas"]["Invitation"];
            /** @description The link to send, /join#token on this server */
            url: string;
            /** @description The link's QR code as a data: URL of an SVG picture */
            qr_svg: string;
        };
        InvitationPreview: {
            role: components["schemas"]["Role"];
            name: string;
            inviter_name: string;
            shop_name?: string;
            needs_shop: boolean;
            expires_at: components["schemas"]["Instant"];
        };
        Device: {
            /** @description Empty until chosen */
            name: string;
        };
        NewShop: {
            name: string;
            village?: string;
            description?: string;
            pickup?: string;
            currency: components["schemas"]["Currency"];
        };
        Shop: {
            id: components["schemas"]["Id"];
            name: string;
            village: string;
            description: string;
            pickup: string;
            currency: components["schemas"]["Currency"];
            cover?: components["schemas"]["Photo"];
            /** @description Made by `geili demo seed` */
            demo: boolean;
            /** @description As in the ETag */
            version: number;
        };
        ShopPage: {
            items: components["schemas"]["Shop"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        /** @description A picture in three widths, each WebP of the same proportions */
        Photo: {
            id: components["schemas"]["Id"];
            /** @description Of the large one */
            width: number;
            height: number;
            /** @description Address; 240 px wide */
            small: string;
            /** @description Address; 720 px wide */
            medium: string;
            /** @description Address; at most 1600 px wide */
            large: string;
        };
        Product: {
            id: components["schemas"]["Id"];
            shop_id: components["schemas"]["Id"];
            /**
             * @description A `parent` is sold in its variants alone; a `bundle` is made of other products. Lists and bags have all but
             *     variants.
             * @enum {string}
             */
            kind: "single" | "parent" | "variant" | "bundle";
            /** @description Of a variant that of its parent and its name: "Chain · 45 cm" */
            title: string;
            description: string;
            /** @description Of a parent: of its cheapest variant */
            price: components["schemas"]["Money"];
            /** @description Of a parent: of its dearest variant */
            price_max?: components["schemas"]["Money"];
            /** @description Of a parent the sum of its variants, of a bundle what its parts make */
            stock: number;
            /** @description In the bag of the show that is asked for: "No. 12". It stays from the start of the show on */
            number?: number;
            /** @description Of a variant */
            parent_id?: components["schemas"]["Id"];
            variant_name?: components["schemas"]["VariantName"];
            /** @description Of a parent */
            variants?: components["schemas"]["Variant"][];
            /** @description Of a bundle */
            parts?: components["schemas"]["Part"][];
            hidden: boolean;
            removed: boolean;
            weight_g: components["schemas"]["ProductWeight"];
            photos: components["schemas"]["Photo"][];
            /** @description As in the ETag */
            version: number;
        };
        Variant: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["VariantName"];
            price: components["schemas"]["Money"];
            stock: components["schemas"]["Stock"];
            /** @description 0: as its parent */
            weight_g: components["schemas"]["ProductWeight"];
            /** @description Its own; without any it is shown with its parent's */
            photos: components["schemas"]["Photo"][];
            /** @description As in the ETag */
            version: number;
        };
        Part: {
            product_id: components["schemas"]["Id"];
            title: string;
            /** @description In one bundle */
            quantity: number;
            stock: components["schemas"]["Stock"];
            /** @description Address of the small picture */
            photo?: string;
        };
        ProductPage: {
            items: components["schemas"]["Product"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        /** @enum {string} */
        ShowStatus: "scheduled" | "live" | "ended";
        Show: {
            id: components["schemas"]["Id"];
            shop: components["schemas"]["Shop"];
            title: string;
            status: components["schemas"]["ShowStatus"];
            starts_at: components["schemas"]["Instant"];
            started_at?: components["schemas"]["Instant"];
            /** @description Without started_at: when the show was called off */
            ended_at?: components["schemas"]["Instant"];
            cover?: components["schemas"]["Photo"];
            /** @description Of a show that comes again; not in lists */
            repeat?: components["schemas"]["Repeat"];
            /** @description Address of a video to wait with; of a scheduled show that has one, and not in lists */
            trailer?: string;
            /** @description The bag; empty in lists of shows */
            products: components["schemas"]["Product"][];
            /** @description Other shops whose products are in the bag; missing where there are none */
            guest_shops?: components["schemas"]["Shop"][];
            pinned_product_id?: components["schemas"]["Id"];
            sold_count: number;
            viewer_count: number;
            video: components["schemas"]["Video"];
            /** @description As in the ETag */
            version: number;
        };
        Repeat: {
            weekdays: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            /** @description An IANA name: Asia/Shanghai */
            time_zone: string;
            /** @description No show begins after it */
            until?: components["schemas"]["Instant"];
            /** @description How many more are planned, from 1 where it is asked for; missing: no end */
            times?: number;
        };
        ShowPage: {
            items: components["schemas"]["Show"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        Video: {
            /**
             * @description away: the picture was there and will be back
             * @enum {string}
             */
            state: "none" | "live" | "away";
            /** @description Address of the LL-HLS playlist */
            hls: string;
            /** @description Address of a still from the picture */
            poster?: string;
            width?: number;
            height?: number;
        };
        Ingest: {
            rtmp_url: string;
            /** @description For encoders that send MPEG-TS by SRT, with the stream key as their stream id; missing where SRT is off */
            srt_url?: string;
            /** @description What such encoders encrypt with; missing where nothing is encrypted */
            srt_passphrase?: string;
            stream_key: string;
            /** @enum {string} */
            state: "none" | "live" | "away";
            width?: number;
            height?: number;
            bitrate_bps?: number;
            frames_per_s?: number;
            key_frame_interval_ms?: number;
            /** @description Of the packets that a browser or an encoder by SRT sent since it went live */
            loss_permille?: number;
            /** @description To the browser or encoder that sends; when it is known */
            round_trip_ms?: number;
            /** @description Frames and sounds that readers were too slow for */
            dropped?: number;
            viewers_webrtc?: number;
            /** @description An estimate */
            viewers_hls?: number;
            /** @description The encoder was cut for what it sends: video-codec, audio-codec, video-format, audio-format, no-transport-stream, bitrate-max, frame-rate-max */
            warnings: ("b-frames" | "long-key-frame-interval" | "no-audio" | "high-bitrate" | "recording-paused" | "video-codec" | "audio-codec" | "video-format" | "audio-format" | "no-transport-stream" | "bitrate-max" | "frame-rate-max")[];
        };
        Recording: {
            show_id: components["schemas"]["Id"];
            /**
             * @description ready: the show has ended and can be watched again
             * @enum {string}
             */
            state: "recording" | "ready";
            started_at: components["schemas"]["Instant"];
            duration_ms: number;
            /** @description Address of the playlist; when ready */
            hls?: string;
            /** @description On disk; only for those who run the show */
            bytes?: number;
            chapters: components["schemas"]["Chapter"][];
        };
        /** @description A product that was pinned; those of less than a second and of removed products are left out */
        Chapter: {
            product: components["schemas"]["Product"];
            from_ms: number;
            to_ms: number;
        };
        Clip: {
            /** @description An MP4 file; with ?download it comes as an attachment */
            url: string;
            from_ms: number;
            to_ms: number;
            bytes: number;
        };
        Hold: {
            id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
            show_id?: components["schemas"]["Id"];
            quantity: number;
            expires_at: components["schemas"]["Instant"];
            /** @description It fell back and was this device's turn */
            offered: boolean;
            /** @description What one buyer gets in the show; where it is limited */
            units_per_buyer_max?: number;
            /** @description The deal it is held under; `price` is its price, also when the deal is over meanwhile */
            deal_id?: components["schemas"]["Id"];
            /**
             * @description It was won: `price` is the bid, or nothing
             * @enum {string}
             */
            won_by?: "auction" | "draw";
            price?: components["schemas"]["Money"];
            /** @description Its name in the show's log */
            mark?: components["schemas"]["ClaimMark"];
            /** @description As which claim on the product it came in the show: 13 for the thirteenth */
            place?: number;
            /** @description After the claim before, or after the pin if that was later */
            after_ms?: number;
        };
        BuyersHolds: {
            holds: components["schemas"]["Hold"][];
            waits: components["schemas"]["Wait"][];
            /** @description The server's clock */
            now: components["schemas"]["Instant"];
        };
        Wait: {
            id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
            show_id?: components["schemas"]["Id"];
            quantity: number;
            /** @description 1: the next */
            place: number;
            joined_at: components["schemas"]["Instant"];
        };
        ShowStock: {
            product_id: components["schemas"]["Id"];
            /** @description Units taken in the show, held ones included */
            taken: number;
            /** @description Units that are held and not ordered yet */
            held: number;
            /** @description Buyers in line */
            waiting: number;
            /** @description What the show sells at most; absent without a limit */
            units_max?: number;
            /** @description What one buyer gets at most; absent without a limit */
            units_per_buyer_max?: number;
        };
        NewDeal: {
            /** @description In the bag, or its parent is; not a parent of variants */
            product_id: components["schemas"]["Id"];
            price: components["schemas"]["Money"];
            units: number;
            countdown_s: number;
            length_s: number;
            units_per_buyer_max: number;
            /**
             * @description Orders on deal that may wait for a cash voucher
             * @default 0
             */
            vouchers_max: number;
        };
        Deal: {
            id: components["schemas"]["Id"];
            show_id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
            price: components["schemas"]["Money"];
            units: number;
            /** @description Units that nobody holds or has bought at this price */
            left: number;
            units_per_buyer_max: number;
            vouchers_max: number;
            /** @enum {string} */
            state: "announced" | "running" | "sold_out" | "over" | "withdrawn";
            announced_at: components["schemas"]["Instant"];
            starts_at: components["schemas"]["Instant"];
            /** @description As announced, also of one that was withdrawn */
            ends_at: components["schemas"]["Instant"];
        };
        Deals: {
            items: components["schemas"]["Deal"][];
            /** @description The server's clock */
            now: components["schemas"]["Instant"];
        };
        /** @description The public name of a claim, which tells nothing of its buyer */
        ClaimMark: string;
        ClaimLog: {
            items: components["schemas"]["LoggedClaim"][];
            /** @description Absent when there is no more now */
            next_after?: number;
        };
        LoggedClaim: {
            /** @description Without gaps */
            position: number;
            /** @enum {string} */
            what: "held" | "claimed" | "confirmed" | "released" | "expired";
            mark: components["schemas"]["ClaimMark"];
            product_id: components["schemas"]["Id"];
            quantity: number;
            /** @description Microseconds since 1970 in UTC */
            at_us: number;
            /** @description Of what is held or claimed: as which claim on the product it came */
            place?: number;
            /** @description After the claim before, or after the pin if that was later */
            after_ms?: number;
            /** @description SHA-256 of the hash before and this entry, see listClaims */
            hash: string;
        };
        /** @enum {string} */
        OrderStatus: "placed" | "packed" | "handed_over" | "cancelled";
        Buyer: {
            name: string;
            phone: string;
            /** @description Needed for delivery */
            address?: string;
            /** @description ISO 3166-1 alpha-2; needed for delivery */
            country?: string;
        };
        /** @description The parts that the country's form asks for (GET /address-forms/{country}) */
        PostalAddress: {
            organization?: string;
            street?: string;
            unit?: string;
            district?: string;
            city?: string;
            subdivision?: string;
            postal_code?: string;
        };
        /** @description For delivery with a country, and with an address as text or by its parts */
        NewBuyer: {
            name: string;
            phone: string;
            address?: string;
            /** @description ISO 3166-1 alpha-2 */
            country?: string;
            postal_address?: components["schemas"]["PostalAddress"];
        };
        NewOrder: {
            shop_id: components["schemas"]["Id"];
            /** @description The show it was bought in */
            show_id?: components["schemas"]["Id"];
            /** @description One line a product, all of one shop */
            lines: {
                product_id: components["schemas"]["Id"];
                quantity: number;
            }[];
            /** @enum {string} */
            fulfilment: "delivery" | "pickup";
            buyer: components["schemas"]["NewBuyer"];
            note?: string;
            /** @description `rate_id` of a quote; the cheapest without */
            shipping_rate_id?: components["schemas"]["Id"];
            /** @description Where it is picked up; where the shop says without */
            pickup_point_id?: components["schemas"]["Id"];
            /** @description `id` of a HeldCoupon, which it spends */
            coupon_id?: components["schemas"]["Id"];
            /** @description One of listPaymentMethods; absent, it is cash when the goods are handed over */
            payment_method?: components["schemas"]["PaymentMethod"];
            /** @description Goods and shipping, less the coupon, as the buyer was shown; another total is refused as price-changed */
            expected_total: components["schemas"]["Money"];
        };
        NewBasket: {
            /** @description The show it was bought in */
            show_id?: components["schemas"]["Id"];
            buyer: components["schemas"]["NewBuyer"];
            /** @description One for each shop, as in placeOrder */
            orders: {
                shop_id: components["schemas"]["Id"];
                lines: components["schemas"]["Pieces"][];
                /** @enum {string} */
                fulfilment: "delivery" | "pickup";
                note?: string;
                shipping_rate_id?: components["schemas"]["Id"];
                pickup_point_id?: components["schemas"]["Id"];
                coupon_id?: components["schemas"]["Id"];
                payment_method?: components["schemas"]["PaymentMethod"];
                expected_total: components["schemas"]["Money"];
            }[];
        };
        Basket: {
            /** @description In the order of the request */
            orders: components["schemas"]["BuyerOrder"][];
        };
        OrderLine: {
            product_id: components["schemas"]["Id"];
            title: string;
            quantity: number;
            unit_price: components["schemas"]["Money"];
            /** @description Address of the small picture */
            photo?: string;
        };
        BuyerOrder: {
            /** @description The secret of the order's link, /order#token */
            token: string;
            /** @description Counted in the show, else in the shop: "no. 12" */
            number: number;
            status: components["schemas"]["OrderStatus"];
            shop_id: components["schemas"]["Id"];
            shop_name: string;
            show_id?: components["schemas"]["Id"];
            pickup: string;
            lines: components["schemas"]["OrderLine"][];
            /** @description Goods and shipping, less the discount */
            total: components["schemas"]["Money"];
            /** @description Of the total */
            shipping: components["schemas"]["Money"];
            /** @description That a coupon took off the goods */
            discount: components["schemas"]["Money"];
            /** @description Its title */
            coupon?: string;
            /** @enum {string} */
            fulfilment: "delivery" | "pickup";
            buyer: components["schemas"]["Buyer"];
            note: string;
            placed_at: components["schemas"]["Instant"];
            history: components["schemas"]["OrderHistory"];
            parcels: components["schemas"]["OrderParcel"][];
            returns: components["schemas"]["Return"][];
            payment: components["schemas"]["BuyerPayment"];
        };
        BuyerOrderPage: {
            items: components["schemas"]["BuyerOrder"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        /**
         * @description card: in our page. checkout: on a page of the provider. oxxo: a cash voucher. spei: to an account of the
         *     provider. transfer: to the seller's account, who confirms it. on_delivery, at_pickup: cash.
         * @enum {string}
         */
        PaymentMethod: "card" | "checkout" | "oxxo" | "spei" | "transfer" | "on_delivery" | "at_pickup";
        /**
         * @description `due`: in cash when the goods are handed over. `refunding`: all of it goes back, and not all has come; `refunded`: all of it went back
         * @enum {string}
         */
        PaymentState: "due" | "pending" | "paid" | "refunding" | "refunded" | "failed" | "expired" | "cancelled";
        BuyerPayment: {
            method: components["schemas"]["PaymentMethod"];
            state: components["schemas"]["PaymentState"];
            amount: components["schemas"]["Money"];
            /** @description Gone back, or on its way */
            refunded: components["schemas"]["Money"];
            /** @description Of `refunded`, what is on its way */
            returning: components["schemas"]["Money"];
            /** @description Money came when the goods were no longer held */
            was_late: boolean;
            pay_until?: components["schemas"]["Instant"];
            /** @description What the buyer writes beside the sum of a bank transfer */
            transfer_reference?: string;
        };
        SellerPayment: {
            method: components["schemas"]["PaymentMethod"];
            state: components["schemas"]["PaymentState"];
            amount: components["schemas"]["Money"];
            /** @description Gone back, or on its way */
            refunded: components["schemas"]["Money"];
            /** @description Of `refunded`, what is on its way */
            returning: components["schemas"]["Money"];
            /** @description Money came when the goods were no longer held */
            was_late: boolean;
            pay_until?: components["schemas"]["Instant"];
            /** @description What the buyer writes beside the sum of a bank transfer */
            transfer_reference?: string;
            provider?: string;
            /** @description What a person has to look at, e.g. refund-by-hand, payment-disputed */
            problem?: string;
        };
        PaymentMethods: {
            items: {
                method: components["schemas"]["PaymentMethod"];
                is_prepaid: boolean;
                /** @description It moves no money */
                is_practice: boolean;
            }[];
        };
        /** @description Some of these, as the method needs */
        PaymentStep: {
            redirect_url?: string;
            /** @description Of the provider's hosted fields */
            client_secret?: string;
            hosted_fields_key?: string;
            /** @description Where the provider's hosted fields send the buyer afterwards */
            return_url?: string;
            voucher_number?: string;
            voucher_url?: string;
            bank_name?: string;
            /** @description A CLABE or another account number */
            account?: string;
            account_holder?: string;
            transfer_reference?: string;
        };
        CashSettings: {
            methods: ("on_delivery" | "at_pickup")[];
        };
        TransferSettings: {
            bank_name: string;
            /** @description A CLABE where the shop sells in MXN */
            account: string;
            account_holder: string;
        };
        SandboxSettings: {
            methods: ("card" | "checkout")[];
        };
        StripeMethods: ("card" | "oxxo" | "spei")[];
        PaymentSettings: {
            /** @description Where Stripe is to send events */
            stripe_webhook_url: string;
            mercado_pago_webhook_url: string;
            delivery?: components["schemas"]["CashSettings"];
            transfer?: components["schemas"]["TransferSettings"];
            sandbox?: components["schemas"]["SandboxSettings"];
            stripe?: {
                methods: components["schemas"]["StripeMethods"];
                publishable_key: string;
                vouchers_per_show_max: number;
                has_secret_key: boolean;
                has_webhook_secret: boolean;
            };
            mercado_pago?: {
                has_secret_key: boolean;
                has_webhook_secret: boolean;
            };
        };
        NewPaymentSettings: {
            delivery?: components["schemas"]["CashSettings"];
            transfer?: components["schemas"]["TransferSettings"];
            sandbox?: components["schemas"]["SandboxSettings"];
            stripe?: {
                methods: components["schemas"]["StripeMethods"];
                publishable_key: string;
                /** @default 0 */
                vouchers_per_show_max: number;
                secret_key?: components["schemas"]["ProviderKey"];
                webhook_secret?: components["schemas"]["ProviderKey"];
            };
            mercado_pago?: {
                secret_key?: components["schemas"]["ProviderKey"];
                webhook_secret?: components["schemas"]["ProviderKey"];
            };
        };
        /** @description Absent to keep the one there is */
        ProviderKey: string;
        SandboxPayment: {
            shop_name: string;
            number: number;
            amount: components["schemas"]["Money"];
            state: components["schemas"]["PaymentState"];
            /** @description The make-believe bank waits for an answer */
            is_confirming: boolean;
            /** @description The card is paid in a while */
            is_waiting: boolean;
        };
        OrderHistory: {
            status: components["schemas"]["OrderStatus"];
            at: components["schemas"]["Instant"];
        }[];
        SellerOrder: {
            id: components["schemas"]["Id"];
            number: number;
            status: components["schemas"]["OrderStatus"];
            shop_id: components["schemas"]["Id"];
            show_id?: components["schemas"]["Id"];
            lines: components["schemas"]["OrderLine"][];
            /** @description Goods and shipping, less the discount */
            total: components["schemas"]["Money"];
            /** @description Of the total */
            shipping: components["schemas"]["Money"];
            /** @description That a coupon took off the goods */
            discount: components["schemas"]["Money"];
            /** @description Its title */
            coupon?: string;
            /** @enum {string} */
            fulfilment: "delivery" | "pickup";
            /** @description The point the buyer chose */
            pickup?: string;
            buyer: components["schemas"]["Buyer"];
            note: string;
            placed_at: components["schemas"]["Instant"];
            history: components["schemas"]["OrderHistory"];
            payment: components["schemas"]["SellerPayment"];
        };
        SellerOrderPage: {
            items: components["schemas"]["SellerOrder"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        /** @description In minor units of the shop's currency */
        Minor: number;
        /** @description ISO 3166-1 alpha-2 */
        Country: string;
        /** @enum {string} */
        PaperLanguage: "en" | "zh" | "es" | "fr";
        Pieces: {
            product_id: components["schemas"]["Id"];
            quantity: number;
        };
        AddressForm: {
            country: components["schemas"]["Country"];
            fields: {
                /** @enum {string} */
                part: "recipient" | "organization" | "street" | "unit" | "district" | "city" | "subdivision" | "postal_code" | "phone";
                required: boolean;
                /** @description Key of the words of a screen, e.g. address.colonia */
                label: string;
            }[];
        };
        PickupPoint: {
            id: components["schemas"]["Id"];
            name: string;
            address: string;
            hours: string;
            handling_days: number;
        };
        Quote: {
            /** @description What the goods cost */
            items: components["schemas"]["Money"];
            /** @description That the device has for such an order, the most off first */
            coupons: components["schemas"]["CouponOffer"][];
            options: components["schemas"]["ShippingOption"][];
            /** @enum {string} */
            refusal?: "no-shipping-there" | "item-too-heavy" | "item-too-large" | "too-many-parcels" | "shipping-too-many-items";
            pickup_points: components["schemas"]["PickupPoint"][];
        };
        ShippingOption: {
            rate_id?: components["schemas"]["Id"];
            carrier: string;
            service: string;
            handling_days: number;
            /** @description What these goods add, given the parcel they join */
            shipping: components["schemas"]["Money"];
            joins_parcel: boolean;
            /** @description How many they go into */
            parcels: number;
        };
        /** @enum {string} */
        RateKind: "flat" | "weight" | "items";
        Place: {
            /** @description ISO 3166-1 alpha-2, or * for everywhere else */
            country: string;
            /** @description Beginning of the postal codes there */
            postal_prefix?: string;
        };
        Rate: {
            id: components["schemas"]["Id"];
            carrier: string;
            service: string;
            kind: components["schemas"]["RateKind"];
            brackets: {
                up_to: number;
                price: components["schemas"]["Money"];
            }[];
            step: number;
            step_price: components["schemas"]["Money"];
            free_from?: components["schemas"]["Money"];
            handling_days: number;
            parcel_max_g: number;
        };
        Zone: {
            id: components["schemas"]["Id"];
            name: string;
            places: components["schemas"]["Place"][];
            rates: components["schemas"]["Rate"][];
        };
        Shipping: {
            is_set_up: boolean;
            currency: components["schemas"]["Currency"];
            /** @description Empty until it is told */
            origin_country: string;
            /** @description Of a product that names none */
            default_weight_g: number;
            paper_language: components["schemas"]["PaperLanguage"];
            sender_address: string;
            zones: components["schemas"]["Zone"][];
            pickup_points: components["schemas"]["PickupPoint"][];
            carriers: {
                name: string;
                tracking_template: string;
            }[];
        };
        /** @enum {string} */
        ParcelState: "open" | "packed" | "shipped" | "delivered" | "returned" | "cancelled";
        ParcelHistory: {
            state: components["schemas"]["ParcelState"];
            at: components["schemas"]["Instant"];
        }[];
        OrderParcel: {
            /** @description Of the box, counted in the show, else in the shop */
            number: number;
            state: components["schemas"]["ParcelState"];
            carrier?: string;
            tracking_number?: string;
            /** @description The carrier's page about it */
            tracking_url?: string;
            history: components["schemas"]["ParcelHistory"];
        };
        Parcel: {
            id: components["schemas"]["Id"];
            number: number;
            state: components["schemas"]["ParcelState"];
            show_id?: components["schemas"]["Id"];
            to: {
                recipient: string;
                phone: string;
                address: string;
                country: string;
            };
            carrier: string;
            service: string;
            tracking_number?: string;
            tracking_url?: string;
            /** @description Of the goods as the shop has told */
            weight_g: number;
            weighed_g?: number;
            /** @description By the orders that lie in it */
            shipping_paid: components["schemas"]["Money"];
            /** @description What orders that were cancelled had paid of its postage: it went back with them, and nobody who joined the parcel is asked for it */
            postage_left: {
                order_id: components["schemas"]["Id"];
                order_number: number;
                shipping: components["schemas"]["Money"];
            }[];
            created_at: components["schemas"]["Instant"];
            /** @description With what lies in it now */
            slip_printed_at?: components["schemas"]["Instant"];
            label_printed_at?: components["schemas"]["Instant"];
            orders: {
                id: components["schemas"]["Id"];
                number: number;
                status: components["schemas"]["OrderStatus"];
                note: string;
                /** @description To be paid in advance, and the money is not there: it cannot be packed */
                awaits_payment: boolean;
                /** @description Of the order's pieces, how many go into this parcel */
                pieces_here: number;
                pieces: number;
                lines: components["schemas"]["OrderLine"][];
            }[];
            history: components["schemas"]["ParcelHistory"];
        };
        ParcelPage: {
            items: components["schemas"]["Parcel"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        /** @enum {string} */
        ReturnState: "asked" | "approved" | "refused" | "received" | "refunded" | "exchanged";
        /** @enum {string} */
        ReturnWish: "refund" | "exchange";
        /** @enum {string} */
        ReturnReason: "damaged" | "wrong_item" | "not_as_described" | "late" | "no_longer_wanted" | "other";
        Return: {
            id: components["schemas"]["Id"];
            order_id: components["schemas"]["Id"];
            state: components["schemas"]["ReturnState"];
            wish: components["schemas"]["ReturnWish"];
            reason: components["schemas"]["ReturnReason"];
            note: string;
            /** @description Why it was refused */
            answer: string;
            /** @description What its pieces cost */
            goods: components["schemas"]["Money"];
            refund?: components["schemas"]["Money"];
            exchange_order_id?: components["schemas"]["Id"];
            lines: {
                product_id: components["schemas"]["Id"];
                title: string;
                quantity: number;
                unit_price: components["schemas"]["Money"];
            }[];
            history: {
                state: components["schemas"]["ReturnState"];
                at: components["schemas"]["Instant"];
            }[];
        };
        ReturnPage: {
            items: components["schemas"]["Return"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        /** @description 250 is 2.5 % */
        BasisPoints: number;
        /** @description Count of minor units; may be below 0 */
        SignedMinor: number;
        SignedMoney: {
            minor: components["schemas"]["SignedMinor"];
            currency: components["schemas"]["Currency"];
        };
        /** @description The last entry; it proves later that nothing before it was changed */
        BooksHead: {
            /** @description 0 while the books are empty */
            number: number;
            /** @description SHA-256 in hexadecimal digits */
            hash: string;
        };
        ShopBooks: {
            balance: components["schemas"]["SignedMoney"];
            commission_basis_points: components["schemas"]["BasisPoints"];
            has_bank_account: boolean;
        };
        ReportMinute: {
            /** @description At most; absent: nobody looked */
            viewers?: number;
            orders: number;
            units: number;
            /** @description Prices of goods, without shipping */
            takings_minor: number;
            messages: number;
        };
        ReportProduct: {
            product_id: components["schemas"]["Id"];
            title: string;
            /** @description How long it was pinned */
            shown_s: number;
            /** @description While it was pinned */
            viewers_at_most: number;
            buyers: number;
            /** @description Buyers of these viewers; absent: it was shown to nobody */
            conversion_basis_points?: number;
            orders: number;
            units: number;
            takings_minor: number;
            holds: number;
            holds_expired: number;
            /** @description Given back by their buyers */
            holds_left: number;
        };
        ShowReport: {
            show_id: components["schemas"]["Id"];
            shop_id: components["schemas"]["Id"];
            title: string;
            currency: components["schemas"]["Currency"];
            from: components["schemas"]["Instant"];
            to: components["schemas"]["Instant"];
            is_live: boolean;
            viewers_peak: number;
            viewers_mean: number;
            /** @description Of all viewers together */
            watched_minutes: number;
            hearts: number;
            messages: number;
            /** @description That viewers asked in the chat */
            questions: number;
            questions_answered: number;
            /** @description Without cancelled ones */
            orders: number;
            buyers: number;
            units: number;
            /** @description Prices of goods, without shipping */
            takings_minor: number;
            /** @description That coupons took off the takings */
            discounts_minor: number;
            /** @description Orders that were to be paid before they are packed */
            payments: {
                orders: number;
                paid: number;
                /** @description Cancelled without money */
                lost: number;
                lost_minor: number;
            };
            minutes: components["schemas"]["ReportMinute"][];
            pins: {
                product_id: components["schemas"]["Id"];
                /** @description After the start */
                from_s: number;
                to_s: number;
            }[];
            /** @description The most takings first */
            products: components["schemas"]["ReportProduct"][];
            /** @description The minutes in which the most viewers left, the worst first */
            drops: {
                minute: number;
                left: number;
                pinned_product_id?: components["schemas"]["Id"];
            }[];
            /** @description The beats of the script that were begun, in its order; of the show's own shop alone */
            beats: components["schemas"]["ReportBeat"][];
        };
        /** @description Kept in capitals */
        CouponCode: string;
        NewCoupon: {
            title: string;
            code?: string;
            /** @description For orders of this show of the shop alone; it has not ended */
            show_id?: components["schemas"]["Id"];
            /**
             * @description Off the goods; 0: `amount` is taken off
             * @default 0
             */
            percent: number;
            /** @description Off, or the most that the percentage takes off */
            amount: components["schemas"]["Money"];
            /**
             * @description Of goods
             * @default 0
             */
            min_order_minor: number;
            units: number;
            /** @default 1 */
            per_buyer_max: number;
            /** @description Now without */
            valid_from?: components["schemas"]["Instant"];
            /** @description At most 366 days later */
            valid_until: components["schemas"]["Instant"];
        };
        Coupon: {
            id: components["schemas"]["Id"];
            shop_id: components["schemas"]["Id"];
            show_id?: components["schemas"]["Id"];
            title: string;
            percent: number;
            amount: components["schemas"]["Money"];
            min_order: components["schemas"]["Money"];
            units: number;
            /** @description That can still be taken; 0 of one that was withdrawn */
            left: number;
            per_buyer_max: number;
            valid_from: components["schemas"]["Instant"];
            valid_until: components["schemas"]["Instant"];
        };
        ShopCoupon: {
            id: components["schemas"]["Id"];
            shop_id: components["schemas"]["Id"];
            show_id?: components["schemas"]["Id"];
            title: string;
            percent: number;
            amount: components["schemas"]["Money"];
            min_order: components["schemas"]["Money"];
            units: number;
            /** @description That can still be taken; 0 of one that was withdrawn */
            left: number;
            per_buyer_max: number;
            valid_from: components["schemas"]["Instant"];
            valid_until: components["schemas"]["Instant"];
            code?: components["schemas"]["CouponCode"];
            taken: number;
            withdrawn: boolean;
        };
        /**
         * @description lucky: by chance, as the seed says
         * @enum {string}
         */
        PacketSplit: "even" | "lucky";
        NewRedPacket: {
            /** @description Of the coupons that are won, on orders and slips */
            title: string;
            /** @description In the shop's currency; at least one minor unit for each envelope */
            total: components["schemas"]["Money"];
            envelopes: number;
            split: components["schemas"]["PacketSplit"];
            /** @description In which it can be opened */
            length_s: number;
            /**
             * @description Of goods in the order that spends it
             * @default 0
             */
            min_order_minor: number;
            /**
             * @description In which what is won can be spent
             * @default 7
             */
            valid_days: number;
        };
        RedPacket: {
            id: components["schemas"]["Id"];
            show_id: components["schemas"]["Id"];
            title: string;
            /** @enum {string} */
            state: "open" | "over";
            split: components["schemas"]["PacketSplit"];
            total: components["schemas"]["Money"];
            min_order: components["schemas"]["Money"];
            envelopes: number;
            /** @description Envelopes that nobody has opened */
            left: number;
            commitment: components["schemas"]["Hash"];
            opened_at: components["schemas"]["Instant"];
            closes_at: components["schemas"]["Instant"];
            /** @description Of what is won */
            valid_until: components["schemas"]["Instant"];
            /** @description The envelope of the device that asks */
            mine?: {
                number: number;
                amount: components["schemas"]["Money"];
            };
        };
        RedPacketLog: {
            packet_id: components["schemas"]["Id"];
            show_id: components["schemas"]["Id"];
            title: string;
            split: components["schemas"]["PacketSplit"];
            total: components["schemas"]["Money"];
            envelopes: number;
            commitment: components["schemas"]["Hash"];
            seed: string;
            opened_at: components["schemas"]["Instant"];
            closes_at: components["schemas"]["Instant"];
            ended_at: components["schemas"]["Instant"];
            /** @description Those that were opened, in their order */
            opened: {
                number: number;
                amount_minor: number;
                opened_at: components["schemas"]["Instant"];
            }[];
        };
        CouponByTap: {
            /** @description `id` of a Coupon without a code */
            offer_id: components["schemas"]["Id"];
        };
        CouponByCode: {
            shop_id: components["schemas"]["Id"];
            /** @description Capitals or not */
            code: string;
        };
        HeldCoupon: {
            /** @description `coupon_id` of an order that spends it */
            id: components["schemas"]["Id"];
            /** @description `id` of the Coupon */
            offer_id: components["schemas"]["Id"];
            shop_id: components["schemas"]["Id"];
            show_id?: components["schemas"]["Id"];
            title: string;
            percent: number;
            amount: components["schemas"]["Money"];
            min_order: components["schemas"]["Money"];
            /** @description For others */
            left: number;
            valid_from: components["schemas"]["Instant"];
            valid_until: components["schemas"]["Instant"];
        };
        CouponOffer: {
            coupon: components["schemas"]["HeldCoupon"];
            /** @description That it takes off these goods */
            discount: components["schemas"]["Money"];
            /** @description Of goods, until it takes something off */
            missing: components["schemas"]["Money"];
        };
        ReportBeat: {
            beat_id: components["schemas"]["Id"];
            kind: components["schemas"]["BeatKind"];
            product_id?: components["schemas"]["Id"];
            /** @description Of the product */
            title?: string;
            text: string;
            /** @description It was begun */
            times: number;
            /** @description All times together */
            length_s: number;
            /** @description Placed meanwhile, without cancelled ones */
            orders: number;
            units: number;
            /** @description Prices of goods, without shipping */
            takings_minor: number;
            /** @description Absent where it lasted less than a second */
            takings_per_minute_minor?: number;
        };
        /** @enum {string} */
        BeatKind: "opening" | "story" | "price" | "urgency" | "close";
        Beat: {
            id: components["schemas"]["Id"];
            kind: components["schemas"]["BeatKind"];
            product_id?: components["schemas"]["Id"];
            /** @description To be read out; {title}, {price} and {stock} stand for what the product has when it is read */
            text: string;
        };
        NewBeat: {
            /** @description Of a beat of the script that stays */
            id?: components["schemas"]["Id"];
            kind: components["schemas"]["BeatKind"];
            /** @description In the bag of the show, or the beat's already */
            product_id?: components["schemas"]["Id"];
            text: string;
        };
        Script: {
            beats: components["schemas"]["Beat"][];
            /** @description The beat that was begun last; absent before the first, and when the show is not live */
            under_way?: {
                beat_id: components["schemas"]["Id"];
                begun_at: components["schemas"]["Instant"];
            };
        };
        Question: {
            /** @description Of the message */
            seq: number;
            at: components["schemas"]["Instant"];
            name: string;
            text: string;
            answered_at?: components["schemas"]["Instant"];
            /** @description The person's name; empty where it is not known any more */
            answered_by?: string;
        };
        /**
         * @description buyers: who has an order of the show that was not cancelled
         * @default everybody
         * @enum {string}
         */
        DrawFor: "everybody" | "buyers";
        /** @description SHA-256, hexadecimal */
        Hash: string;
        DrawTicket: {
            number: number;
            /** @description By which the device finds itself in the log */
            mark: string;
            entered_at: components["schemas"]["Instant"];
            /** @description Among the winners */
            place?: number;
        };
        Draw: {
            id: components["schemas"]["Id"];
            show_id: components["schemas"]["Id"];
            prize: string;
            product_id?: components["schemas"]["Id"];
            /** @enum {string} */
            state: "open" | "drawn" | "cancelled";
            who: components["schemas"]["DrawFor"];
            winners_max: number;
            opened_at: components["schemas"]["Instant"];
            closes_at: components["schemas"]["Instant"];
            commitment: components["schemas"]["Hash"];
            entries: number;
            /** @description In the order of their turns */
            winners: {
                number: number;
                name: string;
            }[];
            mine?: components["schemas"]["DrawTicket"];
        };
        DrawLog: {
            show_id: components["schemas"]["Id"];
            draw_id: components["schemas"]["Id"];
            prize: string;
            winners_max: number;
            /** @description Microseconds since 1970 */
            opened_at_us: number;
            commitment: components["schemas"]["Hash"];
            seed: components["schemas"]["Hash"];
            is_cancelled: boolean;
            entries: {
                number: number;
                mark: string;
                entered_at_us: number;
                hash: components["schemas"]["Hash"];
            }[];
            /** @description Numbers of entries */
            winners: components["schemas"]["Id"][];
        };
        /**
         * @description extend: a late bid moves the close
         * @enum {string}
         */
        AuctionMode: "extend" | "sudden_death";
        NewAuction: {
            /** @description Of a product in variants, the variant */
            product_id: components["schemas"]["Id"];
            /** @description The least first bid; at least one minor unit */
            start: components["schemas"]["Money"];
            /** @description By which a bid is higher than the one before */
            step_minor: number;
            length_s: number;
            mode: components["schemas"]["AuctionMode"];
            /** @default 10 */
            extend_s: number;
        };
        AuctionBid: {
            /** @description Its line in the log */
            bid: number;
            name: string;
            price: components["schemas"]["Money"];
        };
        AuctionOffer: {
            bid: number;
            name: string;
            price: components["schemas"]["Money"];
            /**
             * @description held: it waits for the order; lapsed: it was given back, and nobody is next
             * @enum {string}
             */
            state: "held" | "bought" | "lapsed";
        };
        Auction: {
            id: components["schemas"]["Id"];
            show_id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
            title: string;
            /** @enum {string} */
            state: "open" | "closed" | "cancelled";
            mode: components["schemas"]["AuctionMode"];
            extend_s: number;
            start: components["schemas"]["Money"];
            step: components["schemas"]["Money"];
            bids: number;
            opened_at: components["schemas"]["Instant"];
            closes_at: components["schemas"]["Instant"];
            ended_at?: components["schemas"]["Instant"];
            /** @description The server's clock */
            now: components["schemas"]["Instant"];
            /** @description The highest bid */
            lead?: components["schemas"]["AuctionBid"];
            /** @description Of a closed one: who was offered it last */
            offer?: components["schemas"]["AuctionOffer"];
            /** @description The device's highest bid; and what is held for it */
            mine?: {
                bid: number;
                /** @description By which the device finds itself in the log */
                mark: string;
                price: components["schemas"]["Money"];
                hold_id?: components["schemas"]["Id"];
                hold_expires_at?: components["schemas"]["Instant"];
            };
        };
        AuctionLog: {
            show_id: components["schemas"]["Id"];
            auction_id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
            title: string;
            currency: string;
            start_minor: number;
            step_minor: number;
            mode: components["schemas"]["AuctionMode"];
            extend_s: number;
            /** @description Microseconds since 1970 */
            opened_at_us: number;
            /** @description As announced */
            first_close_at_us: number;
            /** @description However often it is extended */
            last_close_at_us: number;
            lines: {
                position: number;
                /**
                 * @description passed: who was next could not have it
                 * @enum {string}
                 */
                what: "bid" | "extended" | "closed" | "cancelled" | "offered" | "passed";
                at_us: number;
                /** @description The bidder's for the whole auction; empty: nobody is meant */
                mark: string;
                amount_minor: number;
                /** @description From then on */
                closes_at_us: number;
                hash: components["schemas"]["Hash"];
            }[];
        };
        Statement: {
            shop_id: components["schemas"]["Id"];
            currency: components["schemas"]["Currency"];
            from: components["schemas"]["Instant"];
            to: components["schemas"]["Instant"];
            opening_minor: components["schemas"]["SignedMinor"];
            closing_minor: components["schemas"]["SignedMinor"];
            totals: components["schemas"]["StatementTotals"];
            lines: components["schemas"]["StatementLine"][];
            books: components["schemas"]["BooksHead"];
            /** @description Of orders placed in this time, what was paid in practice: it is in no books, and earns nothing */
            practice_minor: number;
        };
        /** @description Sums of the lines; together they are closing less opening */
        StatementTotals: {
            sales_minor: components["schemas"]["SignedMinor"];
            refunds_minor: components["schemas"]["SignedMinor"];
            commission_minor: components["schemas"]["SignedMinor"];
            fees_minor: components["schemas"]["SignedMinor"];
            cash_kept_minor: components["schemas"]["SignedMinor"];
            payouts_minor: components["schemas"]["SignedMinor"];
            other_minor: components["schemas"]["SignedMinor"];
        };
        StatementLine: {
            entry: number;
            /** @enum {string} */
            kind: "sale" | "refund" | "clawback" | "dispute" | "dispute_won" | "payout" | "payout_paid" | "payout_return" | "settlement" | "fee" | "payment" | "adjustment" | "reversal";
            /** @enum {string} */
            purpose: "goods" | "shipping" | "tax" | "commission" | "provider_fee" | "cash_kept" | "payout" | "settlement" | "dispute" | "payment" | "adjustment";
            /** @description The number of the order, the reference of the payout */
            reference: string;
            memo: string;
            occurred_at: components["schemas"]["Instant"];
            posted_at: components["schemas"]["Instant"];
            amount_minor: components["schemas"]["SignedMinor"];
            balance_minor: components["schemas"]["SignedMinor"];
        };
        Earnings: {
            currency: components["schemas"]["Currency"];
            orders: number;
            units: number;
            /** @description What buyers paid */
            gross_minor: components["schemas"]["SignedMinor"];
            /** @description Of it, shipping */
            shipping_minor: components["schemas"]["SignedMinor"];
            /** @description Of it, tax */
            tax_minor: components["schemas"]["SignedMinor"];
            /** @description What went back to them */
            refunds_minor: components["schemas"]["SignedMinor"];
            commission_minor: components["schemas"]["SignedMinor"];
            provider_fees_minor: components["schemas"]["SignedMinor"];
            /** @description What the shop keeps */
            net_minor: components["schemas"]["SignedMinor"];
            /** @description What was paid in practice, with practice cards or in a demo shop: it is in no other figure, and earns nothing */
            practice_minor: number;
        };
        /** @enum {string} */
        AccountScheme: "clabe" | "iban" | "account";
        BankAccount: {
            beneficiary: string;
            scheme: components["schemas"]["AccountScheme"];
            /** @description Its last four characters */
            account_masked: string;
            bank: string;
            currency: components["schemas"]["Currency"];
        };
        BooksCheck: {
            is_whole: boolean;
            books: components["schemas"]["BooksHead"];
            findings: {
                /** @description As `account-totals`, `entry-hash` */
                fault: string;
                /** @description As `entry 12` */
                subject: string;
            }[];
        };
        /** @enum {string} */
        PayoutStatus: "draft" | "approved" | "paid" | "cancelled";
        PayoutSummary: {
            id: components["schemas"]["Id"];
            currency: components["schemas"]["Currency"];
            status: components["schemas"]["PayoutStatus"];
            up_to: components["schemas"]["Instant"];
            line_count: number;
            total: components["schemas"]["SignedMoney"];
            opened_at: components["schemas"]["Instant"];
            approved_at?: components["schemas"]["Instant"];
            closed_at?: components["schemas"]["Instant"];
        };
        PayoutPage: {
            items: components["schemas"]["PayoutSummary"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        Payout: {
            id: components["schemas"]["Id"];
            currency: components["schemas"]["Currency"];
            status: components["schemas"]["PayoutStatus"];
            up_to: components["schemas"]["Instant"];
            line_count: number;
            total: components["schemas"]["SignedMoney"];
            opened_at: components["schemas"]["Instant"];
            approved_at?: components["schemas"]["Instant"];
            closed_at?: components["schemas"]["Instant"];
            lines: components["schemas"]["PayoutLine"][];
        };
        PayoutLine: {
            id: components["schemas"]["Id"];
            shop_id: components["schemas"]["Id"];
            shop_name: string;
            amount: components["schemas"]["SignedMoney"];
            /** @enum {string} */
            status: "proposed" | "sent" | "paid" | "failed" | "cancelled";
            /** @description As it was when the batch was opened; empty once it was erased */
            beneficiary: string;
            scheme: components["schemas"]["AccountScheme"];
            account_masked: string;
            bank: string;
            /** @description On the bank's statement */
            reference: string;
            failure?: string;
            settled_at?: components["schemas"]["Instant"];
        };
        OpenedPayout: {
            batch?: components["schemas"]["Payout"];
            /** @description Shops with a balance that are not in the batch */
            skipped: {
                shop_id: components["schemas"]["Id"];
                shop_name: string;
                /** @enum {string} */
                reason: "negative_balance" | "nothing_due" | "below_minimum" | "no_bank_details" | "batch_full";
                balance: components["schemas"]["SignedMoney"];
            }[];
        };
        /** @enum {string} */
        WebhookEvent: "order.placed" | "order.paid" | "order.refunded" | "order.cancelled" | "order.packed" | "order.handed_over" | "parcel.shipped" | "parcel.delivered" | "return.asked" | "product.sold_out" | "show.started" | "show.ended" | "payout.paid";
        WebhookEvents: components["schemas"]["WebhookEvent"][];
        /** @description Of the shop's own choice */
        RestreamName: string;
        /** @description As the platform gives it: rtmp:// or rtmps://, with a path */
        RestreamServerUrl: string;
        /** @description As the platform gives it; it is never given back */
        RestreamStreamKey: string;
        /**
         * @description Which shows go there: all, or those for which it was chosen
         * @enum {string}
         */
        RestreamScope: "all" | "chosen";
        NewRestream: {
            name: components["schemas"]["RestreamName"];
            server_url: components["schemas"]["RestreamServerUrl"];
            stream_key: components["schemas"]["RestreamStreamKey"];
            /** @default true */
            enabled: boolean;
            shows: components["schemas"]["RestreamScope"];
        };
        RestreamChange: {
            name: components["schemas"]["RestreamName"];
            server_url: components["schemas"]["RestreamServerUrl"];
            stream_key?: components["schemas"]["RestreamStreamKey"];
            /** @default true */
            enabled: boolean;
            shows: components["schemas"]["RestreamScope"];
        };
        Restream: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["RestreamName"];
            server_url: components["schemas"]["RestreamServerUrl"];
            /** @description The last characters of its stream key; empty when the key is short */
            key_end: string;
            enabled: boolean;
            shows: components["schemas"]["RestreamScope"];
            created_at: components["schemas"]["Instant"];
        };
        Restreams: {
            items: components["schemas"]["Restream"][];
        };
        RestreamChoice: {
            chosen: boolean;
        };
        /** @enum {string} */
        RestreamState: "connecting" | "live" | "waiting" | "failed";
        /** @enum {string} */
        RestreamReason: "not_live" | "camera_away" | "unreachable" | "forbidden_address" | "certificate" | "timed_out" | "refused" | "ended" | "too_slow" | "codec" | "not_understood" | "key_unreadable";
        ShowRestream: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["RestreamName"];
            enabled: boolean;
            shows: components["schemas"]["RestreamScope"];
            /** @description For this show */
            chosen: boolean;
            /** @description None when this show is not sent there. `waiting`: for the show or its camera; `failed`: it is tried again */
            state?: components["schemas"]["RestreamState"];
            /** @description Why it is not live */
            reason?: components["schemas"]["RestreamReason"];
            since?: components["schemas"]["Instant"];
            retry_at?: components["schemas"]["Instant"];
            /** @description Sent, over the last seconds */
            bitrate_bps?: number;
            /** @description Pictures and sounds that the platform was too slow for */
            dropped?: number;
        };
        ShowRestreams: {
            items: components["schemas"]["ShowRestream"][];
        };
        NewWebhookEndpoint: {
            url: string;
            description?: string;
            events: components["schemas"]["WebhookEvents"];
        };
        WebhookEndpointChange: {
            url: string;
            description?: string;
            events: components["schemas"]["WebhookEvents"];
            /** @description Without it, as it is */
            disabled?: boolean;
        };
        WebhookEndpoint: {
            id: components["schemas"]["Id"];
            url: string;
            description: string;
            events: components["schemas"]["WebhookEvent"][];
            disabled: boolean;
            /**
             * @description `gone`: it has answered 410; `failing`: it has taken nothing for five days
             * @enum {string}
             */
            disabled_why?: "by_hand" | "gone" | "failing";
            failing_since?: components["schemas"]["Instant"];
            old_secret_until?: components["schemas"]["Instant"];
            created_at: components["schemas"]["Instant"];
            /** @description Of the answer that made it alone: `whsec_` and base64 */
            secret?: string;
        };
        WebhookEndpoints: {
            items: components["schemas"]["WebhookEndpoint"][];
        };
        /** @enum {string} */
        WebhookDeliveryState: "waiting" | "delivered" | "dead";
        WebhookDelivery: {
            id: components["schemas"]["Id"];
            /** @description The `webhook-id` */
            message: string;
            /** @description A WebhookEvent, or `webhook.test` */
            event: string;
            state: components["schemas"]["WebhookDeliveryState"];
            attempts: number;
            due_at?: components["schemas"]["Instant"];
            /** @description Of its last answer */
            last_status?: number;
            /**
             * @description Why there was none
             * @enum {string}
             */
            last_error?: "timed_out" | "unreachable" | "forbidden" | "endpoint_disabled" | "secret_unreadable";
            last_attempt_at?: components["schemas"]["Instant"];
            created_at: components["schemas"]["Instant"];
        };
        WebhookDeliveryPage: {
            items: components["schemas"]["WebhookDelivery"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        OrderPlacedEvent: {
            /** @constant */
            type: "order.placed";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["OrderEventData"];
        };
        OrderPaidEvent: {
            /** @constant */
            type: "order.paid";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["OrderMoneyEventData"];
        };
        OrderRefundedEvent: {
            /** @constant */
            type: "order.refunded";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["OrderMoneyEventData"];
        };
        OrderCancelledEvent: {
            /** @constant */
            type: "order.cancelled";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["OrderEventData"];
        };
        OrderPackedEvent: {
            /** @constant */
            type: "order.packed";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["OrderEventData"];
        };
        OrderHandedOverEvent: {
            /** @constant */
            type: "order.handed_over";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["OrderEventData"];
        };
        ParcelShippedEvent: {
            /** @constant */
            type: "parcel.shipped";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["ParcelEventData"];
        };
        ParcelDeliveredEvent: {
            /** @constant */
            type: "parcel.delivered";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["ParcelEventData"];
        };
        ReturnAskedEvent: {
            /** @constant */
            type: "return.asked";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["ReturnEventData"];
        };
        ProductSoldOutEvent: {
            /** @constant */
            type: "product.sold_out";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["ProductEventData"];
        };
        ShowStartedEvent: {
            /** @constant */
            type: "show.started";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["ShowEventData"];
        };
        ShowEndedEvent: {
            /** @constant */
            type: "show.ended";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["ShowEventData"];
        };
        PayoutPaidEvent: {
            /** @constant */
            type: "payout.paid";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["PayoutEventData"];
        };
        WebhookTestEvent: {
            /** @constant */
            type: "webhook.test";
            timestamp: components["schemas"]["Instant"];
            data: components["schemas"]["TestEventData"];
        };
        OrderEventData: {
            shop_id: components["schemas"]["Id"];
            order_id: components["schemas"]["Id"];
            /** @description Within its show or shop */
            number: number;
            status: components["schemas"]["OrderStatus"];
            /** @enum {string} */
            fulfilment: "delivery" | "pickup";
            total: components["schemas"]["Money"];
            show_id?: components["schemas"]["Id"];
        };
        OrderMoneyEventData: {
            shop_id: components["schemas"]["Id"];
            order_id: components["schemas"]["Id"];
            /** @description Within its show or shop */
            number: number;
            status: components["schemas"]["OrderStatus"];
            /** @enum {string} */
            fulfilment: "delivery" | "pickup";
            total: components["schemas"]["Money"];
            show_id?: components["schemas"]["Id"];
            payment_id: components["schemas"]["Id"];
            method: components["schemas"]["PaymentMethod"];
            /** @description What came or went back this time */
            amount: components["schemas"]["Money"];
            /** @description A practice card: no money moved */
            practice: boolean;
        };
        ParcelEventData: {
            shop_id: components["schemas"]["Id"];
            parcel_id: components["schemas"]["Id"];
            number: number;
            state: components["schemas"]["ParcelState"];
            carrier: string;
            tracking_number: string;
            order_ids: components["schemas"]["Id"][];
            show_id?: components["schemas"]["Id"];
        };
        ReturnEventData: {
            shop_id: components["schemas"]["Id"];
            return_id: components["schemas"]["Id"];
            order_id: components["schemas"]["Id"];
            /** @description Of the order */
            number: number;
            wish: components["schemas"]["ReturnWish"];
            reason: components["schemas"]["ReturnReason"];
            units: number;
        };
        ProductEventData: {
            shop_id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
        };
        ShowEventData: {
            shop_id: components["schemas"]["Id"];
            show_id: components["schemas"]["Id"];
            status: components["schemas"]["ShowStatus"];
            sold_count: number;
        };
        PayoutEventData: {
            shop_id: components["schemas"]["Id"];
            payout_id: components["schemas"]["Id"];
            line_id: components["schemas"]["Id"];
            reference: string;
            amount: components["schemas"]["Money"];
        };
        TestEventData: {
            shop_id: components["schemas"]["Id"];
        };
        /** @description Digits of the minor unit (ISO 4217): JPY 0, MXN 2, KWD 3 */
        CurrencyDigits: number;
        Currencies: {
            items: {
                code: components["schemas"]["Currency"];
                digits: components["schemas"]["CurrencyDigits"];
            }[];
        };
        /** @description What one unit of `base` costs in `quote`: a decimal above 0 with at most 11 digits, at most 10 of them after the point */
        RateValue: string;
        /**
         * Format: date
         * @description The day that the source gives it for
         */
        RateDate: string;
        /** @description Who says so: "ECB" */
        RateSource: string;
        ExchangeRates: {
            quote: components["schemas"]["Currency"];
            quote_digits: components["schemas"]["CurrencyDigits"];
            items: components["schemas"]["ExchangePath"][];
        };
        ExchangePath: {
            base: components["schemas"]["Currency"];
            base_digits: components["schemas"]["CurrencyDigits"];
            date: components["schemas"]["RateDate"];
            is_old: boolean;
            legs: components["schemas"]["ExchangeLeg"][];
        };
        ExchangeLeg: {
            base: components["schemas"]["Currency"];
            quote: components["schemas"]["Currency"];
            rate: components["schemas"]["RateValue"];
            date: components["schemas"]["RateDate"];
            source: components["schemas"]["RateSource"];
        };
        NewExchangeRates: {
            source: components["schemas"]["RateSource"];
            rates: {
                base: components["schemas"]["Currency"];
                quote: components["schemas"]["Currency"];
                rate: components["schemas"]["RateValue"];
                date: components["schemas"]["RateDate"];
            }[];
        };
        RecordedExchangeRates: {
            /** @description New records */
            added: number;
            /** @description Of them, those of a day that the source had told of already */
            corrected: number;
            unchanged: number;
        };
        ExchangeRateRecord: {
            id: components["schemas"]["Id"];
            base: components["schemas"]["Currency"];
            quote: components["schemas"]["Currency"];
            rate: components["schemas"]["RateValue"];
            date: components["schemas"]["RateDate"];
            source: components["schemas"]["RateSource"];
            recorded_at: components["schemas"]["Instant"];
            /** @description Absent when it came from a file of the host's */
            recorded_by?: {
                id: components["schemas"]["Id"];
                name: string;
            };
        };
        ExchangeRateRecordPage: {
            items: components["schemas"]["ExchangeRateRecord"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
        Embedding: {
            /** @description https:// and the name of a web site, with a port where it has one; http:// for localhost alone */
            origins: string[];
        };
        ChatRules: {
            /** @description Between two messages of one viewer; 0: off */
            slow_mode_s: number;
            /**
             * @description Members have bought of the shop
             * @enum {string}
             */
            who: "everyone" | "members";
            /** @enum {string} */
            links: "allowed" | "off";
            /**
             * @description "3 x 12" in the chat holds three of the bag's number 12 (live-events: Wanted)
             * @default true
             */
            takes_orders: boolean;
            /** @description Insults and bait in four languages, by a list that comes with the program */
            mutes_common: boolean;
            /** @description The shop's own. A word alone, or several one after the other */
            muted_words: string[];
        };
        NewTranslation: {
            to: components["schemas"]["Lang"];
        };
        Translation: {
            /** @description One line of plain text */
            text: string;
            /** @description What it was translated from; absent: not known */
            from?: components["schemas"]["Lang"];
            to: components["schemas"]["Lang"];
        };
        /** @description The primary subtag (BCP 47) of a language */
        Lang: string;
        NewChatSanction: {
            kind: components["schemas"]["ChatSanctionKind"];
            /** @description Of a timeout, which needs it */
            seconds?: number;
        };
        /** @enum {string} */
        ChatSanctionKind: "timeout" | "ban" | "shadow";
        ChatSanction: {
            id: components["schemas"]["Id"];
            kind: components["schemas"]["ChatSanctionKind"];
            until?: components["schemas"]["Instant"];
            show_id: components["schemas"]["Id"];
            /** @description The message it was given for */
            seq: number;
            name: string;
            text: string;
            made_at: components["schemas"]["Instant"];
            /** @description The person's name */
            made_by: string;
        };
        ChatSanctionPage: {
            items: components["schemas"]["ChatSanction"][];
            next_cursor?: string;
        };
        AuditEntry: {
            id: components["schemas"]["Id"];
            happened_at: components["schemas"]["Instant"];
            /** @description Absent when the program itself did it, or a visitor */
            person?: {
                id: components["schemas"]["Id"];
                name: string;
            };
            /** @description As `price-changed` */
            action: string;
            /** @description As `product/12` */
            subject: string;
            shop_id?: components["schemas"]["Id"];
            /** @description As `288.00 → 270.00 CNY`; often empty */
            detail: string;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            next_cursor?: components["schemas"]["NextCursor"];
        };
    };
    responses: {
        /** @description It was taken; what else the answer says is not read */
        WebhookTaken: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Nothing more is wanted: the endpoint is disabled. All other answers, and none within 15 seconds, are tried again seven times in 28 hours */
        WebhookUnwanted: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The answer; `Location` is the session, `ETag` its ICE generation */
        WebRtcAnswer: {
            headers: {
                ETag: components["headers"]["ETag"];
                /** @description Address of the session */
                Location?: string;
                [name: string]: unknown;
            };
            content: {
                "application/sdp": string;
            };
        };
        /** @description Our new credentials and candidates */
        IceRestarted: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/trickle-ice-sdpfrag": string;
            };
        };
        /** @description As you have it (If-None-Match) */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description A refusal (RFC 9457) */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The session */
        Session: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Session"];
            };
        };
        /** @description The device */
        Device: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Device"];
            };
        };
        /** @description The list as it is kept, each site once and in one form */
        Embedding: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Embedding"];
            };
        };
        /** @description The rules */
        ChatRules: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ChatRules"];
            };
        };
        /** @description The shop */
        Shop: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Shop"];
            };
        };
        /** @description The product */
        Product: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Product"];
            };
        };
        /** @description The show */
        Show: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Show"];
            };
        };
        /** @description How it stands */
        Follow: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    is_following: boolean;
                    followers: number;
                };
            };
        };
        /** @description What the device is reminded of */
        Reminders: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Reminders"];
            };
        };
        /** @description How to send the picture */
        Ingest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Ingest"];
            };
        };
        /** @description The order as its buyer sees it */
        BuyerOrder: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BuyerOrder"];
            };
        };
        /** @description A page */
        BuyerOrderPage: {
            headers: {
                Link: components["headers"]["Link"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BuyerOrderPage"];
            };
        };
        /** @description Where the shop sends to */
        Shipping: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Shipping"];
            };
        };
        /** @description The parcel */
        Parcel: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Parcel"];
            };
        };
        /** @description The request */
        Return: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Return"];
            };
        };
        /** @description The payment as the practice page shows it */
        SandboxPayment: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SandboxPayment"];
            };
        };
        /** @description The order as the seller sees it */
        SellerOrder: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SellerOrder"];
            };
        };
        /** @description The shop's part of the books */
        ShopBooks: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ShopBooks"];
            };
        };
        /** @description The script */
        Script: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Script"];
            };
        };
        /** @description The auction */
        Auction: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Auction"];
            };
        };
        /** @description The red packet */
        RedPacket: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RedPacket"];
            };
        };
        /** @description The draw */
        Draw: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Draw"];
            };
        };
        /** @description The account */
        BankAccount: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BankAccount"];
            };
        };
        /** @description The endpoint */
        WebhookEndpoint: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebhookEndpoint"];
            };
        };
        /** @description The batch with its lines */
        Payout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Payout"];
            };
        };
    };
    parameters: {
        /** @description `next_cursor` of the page before */
        Cursor: string;
        Limit: number;
        ShopId: components["schemas"]["Id"];
        ProductId: components["schemas"]["Id"];
        PhotoId: components["schemas"]["Id"];
        ShowId: components["schemas"]["Id"];
        CouponId: components["schemas"]["Id"];
        AuctionId: components["schemas"]["Id"];
        PacketId: components["schemas"]["Id"];
        DrawId: components["schemas"]["Id"];
        BeatId: components["schemas"]["Id"];
        PayoutId: components["schemas"]["Id"];
        LineId: components["schemas"]["Id"];
        /** @description What was posted from then on */
        From: components["schemas"]["Instant"];
        /** @description and before then */
        To: components["schemas"]["Instant"];
        /** @description A shop whose goods the show has in its bag; absent, the shop whose show it is */
        ReportShop: components["schemas"]["Id"];
        /** @description Of its words and numbers; English without it */
        PaperLanguage: "en" | "zh" | "es" | "fr";
        /** @description Of the place, for the times that are printed */
        UtcOffset: number;
        RestreamId: components["schemas"]["Id"];
        EndpointId: components["schemas"]["Id"];
        /** @description The same of every attempt, and of what is sent again */
        WebhookId: string;
        /** @description Of this attempt, in seconds since 1970; refuse what is older than five minutes */
        WebhookTimestamp: number;
        /** @description `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` by the secret; two with a space between them while an old secret signs, too */
        WebhookSignature: string;
        DeliveryId: components["schemas"]["Id"];
        OrderId: components["schemas"]["Id"];
        ClaimId: components["schemas"]["Id"];
        DealId: components["schemas"]["Id"];
        WaitId: components["schemas"]["Id"];
        InvitationId: components["schemas"]["Id"];
        PersonId: components["schemas"]["Id"];
        ZoneId: components["schemas"]["Id"];
        PointId: components["schemas"]["Id"];
        ParcelId: components["schemas"]["Id"];
        ReturnId: components["schemas"]["Id"];
        SanctionId: components["schemas"]["Id"];
        Seq: number;
        PaymentReference: string;
        OrderToken: string;
        /** @description Chosen by the client, one for each intent; kept at least 24 hours */
        IdempotencyKey: string;
        /** @description The ETag that was read; 412 when the resource has changed since, 428 when it is missing */
        IfMatch: string;
        /** @description Which of the show's two cameras; what the second sends stands beside the first */
        Camera: "main" | "co-host";
        /** @description The secret of the session, from `Location` */
        WebRtcSession: string;
        /** @description The session's ETag; `*` for an ICE restart */
        WebRtcIfMatch: string;
    };
    requestBodies: {
        Zone: {
            content: {
                "application/json": {
                    name: string;
                    places: components["schemas"]["Place"][];
                    /** @description None where the shop does not send to */
                    rates: {
                        /** @description Of a rate that stays */
                        id?: components["schemas"]["Id"];
                        carrier: string;
                        service?: string;
                        kind: components["schemas"]["RateKind"];
                        /** @description In order of size; prices do not fall */
                        brackets: {
                            /** @description Grams or pieces, included; nothing for flat */
                            up_to: number;
                            price_minor: components["schemas"]["Minor"];
                        }[];
                        /** @description Beyond the last bracket every so many grams or pieces begun cost step_minor; 0: nothing is heavier */
                        step?: number;
                        step_minor?: components["schemas"]["Minor"];
                        /** @description Of goods in a parcel */
                        free_from_minor?: number;
                        handling_days?: number;
                        parcel_max_g?: number;
                    }[];
                };
            };
        };
        PickupPoint: {
            content: {
                "application/json": {
                    name: string;
                    address: string;
                    hours?: string;
                    handling_days?: number;
                };
            };
        };
        Offer: {
            content: {
                "application/sdp": string;
            };
        };
        IceFragment: {
            content: {
                "application/trickle-ice-sdpfrag": string;
            };
        };
        SetUp: {
            content: {
                "application/json": {
                    token: components["schemas"]["Token"];
                    name: string;
                    login: components["schemas"]["Login"];
                    password: components["schemas"]["NewPassword"];
                };
            };
        };
        LinkToken: {
            content: {
                "application/json": {
                    token: components["schemas"]["Token"];
                };
            };
        };
        HoldWish: {
            content: {
                "application/json": {
                    product_id: components["schemas"]["Id"];
                    /** @description The show it is wanted in */
                    show_id?: components["schemas"]["Id"];
                    /** @default 1 */
                    quantity?: number;
                };
            };
        };
        Picture: {
            content: {
                "image/jpeg": unknown;
                "image/png": unknown;
                "image/webp": unknown;
                "image/heic": unknown;
            };
        };
    };
    headers: {
        /** @description rel="next" (RFC 8288) while more follows */
        Link: string;
        /** @description The version to send as If-Match */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["SetUp"];
        responses: {
            201: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: components["schemas"]["Login"];
                    password: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    signInByLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["LinkToken"];
        responses: {
            200: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Needed unless the session says `may_reset_password` */
                    current_password?: string;
                    password: components["schemas"]["NewPassword"];
                };
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: components["schemas"]["Role"];
                    /** @description Whom it is for */
                    name: string;
                    /** @description The shop to work for; a seller invited without one opens a shop of their own */
                    shop_id?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description The invitation; its link and QR code are shown only here */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: components["parameters"]["InvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    peekInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["LinkToken"];
        responses: {
            /** @description The invitation behind the link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPreview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: components["schemas"]["Token"];
                    name: string;
                    login: components["schemas"]["Login"];
                    password: components["schemas"]["NewPassword"];
                    /** @description Needed by a seller who was invited without a shop */
                    shop?: components["schemas"]["NewShop"];
                };
            };
        };
        responses: {
            201: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createSignInLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: components["parameters"]["PersonId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link and its QR code, shown only here */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Device"];
            default: components["responses"]["Problem"];
        };
    };
    registerDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Shown in the chat */
                    name?: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Device"];
            201: components["responses"]["Device"];
            default: components["responses"]["Problem"];
        };
    };
    listDeviceOrders: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BuyerOrderPage"];
            default: components["responses"]["Problem"];
        };
    };
    listShops: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createShop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewShop"];
            };
        };
        responses: {
            201: components["responses"]["Shop"];
            default: components["responses"]["Problem"];
        };
    };
    getShop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Shop"];
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    changeShop: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read; 412 when the resource has changed since, 428 when it is missing */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    village?: string;
                    description?: string;
                    /** @description Where and when goods can be picked up; empty where they cannot */
                    pickup?: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Shop"];
            default: components["responses"]["Problem"];
        };
    };
    getEmbedding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Embedding"];
            default: components["responses"]["Problem"];
        };
    };
    setEmbedding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Embedding"];
            };
        };
        responses: {
            200: components["responses"]["Embedding"];
            default: components["responses"]["Problem"];
        };
    };
    getProductFeed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RSS 2.0 with the names of http://base.google.com/ns/1.0 */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/rss+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    getShopShowsFeed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RSS 2.0 */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/rss+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    setShopCover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Picture"];
        responses: {
            200: components["responses"]["Shop"];
            default: components["responses"]["Problem"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                /** @description Also the hidden ones */
                hidden?: boolean;
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    description?: string;
                    price: components["schemas"]["Money"];
                    stock: components["schemas"]["Stock"];
                    /** @default false */
                    hidden?: boolean;
                    weight_g?: components["schemas"]["ProductWeight"];
                };
            };
        };
        responses: {
            201: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Product"];
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    removeProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changeProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read; 412 when the resource has changed since, 428 when it is missing */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    description?: string;
                    price?: components["schemas"]["Money"];
                    hidden?: boolean;
                    weight_g?: components["schemas"]["ProductWeight"];
                    variant_name?: components["schemas"]["VariantName"];
                };
            };
        };
        responses: {
            200: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    changeStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    change: number;
                };
            };
        };
        responses: {
            200: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    addVariant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["VariantName"];
                    price: components["schemas"]["Money"];
                    stock: components["schemas"]["Stock"];
                    weight_g?: components["schemas"]["ProductWeight"];
                };
            };
        };
        responses: {
            201: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    orderVariants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All variants of the product, each once */
                    variant_ids: components["schemas"]["Id"][];
                };
            };
        };
        responses: {
            200: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    createBundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    description?: string;
                    price: components["schemas"]["Money"];
                    parts: components["schemas"]["NewParts"];
                    /** @default false */
                    hidden?: boolean;
                    weight_g?: components["schemas"]["ProductWeight"];
                };
            };
        };
        responses: {
            201: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    changeParts: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read; 412 when the resource has changed since, 428 when it is missing */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    parts: components["schemas"]["NewParts"];
                };
            };
        };
        responses: {
            200: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    addPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Picture"];
        responses: {
            201: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    removePhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: components["parameters"]["ProductId"];
                photo_id: components["parameters"]["PhotoId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Product"];
            default: components["responses"]["Problem"];
        };
    };
    listShows: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                status?: components["schemas"]["ShowStatus"];
                shop_id?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; live shows first, then the next to start, then the last ended; none that was called off */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShowPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    starts_at: components["schemas"]["Instant"];
                    product_ids?: components["schemas"]["Bag"];
                };
            };
        };
        responses: {
            201: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    getShowsFeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RSS 2.0 */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/rss+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    getShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Show"];
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    changeShow: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read; 412 when the resource has changed since, 428 when it is missing */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    starts_at?: components["schemas"]["Instant"];
                    product_ids?: components["schemas"]["Bag"];
                    /** @description Title, time of day and bag are for the shows to come of its series, too; else for this one alone */
                    is_for_series?: boolean;
                };
            };
        };
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    setShowCover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Picture"];
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    setTrailer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    recorded_show_id: components["schemas"]["Id"];
                    /** @description The last part of the clip's address */
                    clip: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    removeTrailer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    repeatShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Repeat"];
            };
        };
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    endRepeats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    getFollow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Follow"];
            default: components["responses"]["Problem"];
        };
    };
    followShop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Follow"];
            default: components["responses"]["Problem"];
        };
    };
    unfollowShop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Follow"];
            default: components["responses"]["Problem"];
        };
    };
    listFollowedShops: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The shops */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Shop"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPushKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key, the same for good */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A point of P-256, uncompressed, as base64url */
                        key: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Reminders"];
            default: components["responses"]["Problem"];
        };
    };
    setPushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushSubscription"];
            };
        };
        responses: {
            200: components["responses"]["Reminders"];
            default: components["responses"]["Problem"];
        };
    };
    deletePushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Reminders"];
            default: components["responses"]["Problem"];
        };
    };
    remindOfShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Reminders"];
            default: components["responses"]["Problem"];
        };
    };
    forgetShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Reminders"];
            default: components["responses"]["Problem"];
        };
    };
    remindOfShop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Reminders"];
            default: components["responses"]["Problem"];
        };
    };
    forgetShop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Reminders"];
            default: components["responses"]["Problem"];
        };
    };
    countReminders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        devices: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShowCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One event; a later copy has the same UID and takes the place of this one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    startShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    endShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    callOffShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    getIngest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Ingest"];
            default: components["responses"]["Problem"];
        };
    };
    renewStreamKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Ingest"];
            default: components["responses"]["Problem"];
        };
    };
    getRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    createClip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from_ms?: number;
                    /** @description Behind from_ms, at most ten minutes */
                    to_ms?: number;
                    product_id?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description The clip */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clip"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    publishLive: {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
                /** @description Replace a camera that is live */
                takeover?: boolean;
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Offer"];
        responses: {
            201: components["responses"]["WebRtcAnswer"];
            default: components["responses"]["Problem"];
        };
    };
    endPublishing: {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                /** @description The secret of the session, from `Location` */
                session: components["parameters"]["WebRtcSession"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    patchPublishing: {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
            };
            header: {
                /** @description The session's ETag; `*` for an ICE restart */
                "If-Match": components["parameters"]["WebRtcIfMatch"];
            };
            path: {
                show_id: components["parameters"]["ShowId"];
                /** @description The secret of the session, from `Location` */
                session: components["parameters"]["WebRtcSession"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["IceFragment"];
        responses: {
            200: components["responses"]["IceRestarted"];
            /** @description Taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    playLive: {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Offer"];
        responses: {
            201: components["responses"]["WebRtcAnswer"];
            default: components["responses"]["Problem"];
        };
    };
    endPlaying: {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                /** @description The secret of the session, from `Location` */
                session: components["parameters"]["WebRtcSession"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    patchPlaying: {
        parameters: {
            query?: {
                /** @description Which of the show's two cameras; what the second sends stands beside the first */
                camera?: components["parameters"]["Camera"];
            };
            header: {
                /** @description The session's ETag; `*` for an ICE restart */
                "If-Match": components["parameters"]["WebRtcIfMatch"];
            };
            path: {
                show_id: components["parameters"]["ShowId"];
                /** @description The secret of the session, from `Location` */
                session: components["parameters"]["WebRtcSession"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["IceFragment"];
        responses: {
            200: components["responses"]["IceRestarted"];
            /** @description Taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    pinProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    product_id: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    unpinProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Show"];
            default: components["responses"]["Problem"];
        };
    };
    listDraws: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 100 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Draw"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openDraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    prize: string;
                    /** @description What is given; of a product in variants, the variant */
                    product_id?: components["schemas"]["Id"];
                    /** @default 1 */
                    winners?: number;
                    length_s: number;
                    who?: components["schemas"]["DrawFor"];
                };
            };
        };
        responses: {
            201: components["responses"]["Draw"];
            default: components["responses"]["Problem"];
        };
    };
    getDraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Draw"];
            default: components["responses"]["Problem"];
        };
    };
    cancelDraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Draw"];
            default: components["responses"]["Problem"];
        };
    };
    enterDraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Draw"];
            default: components["responses"]["Problem"];
        };
    };
    drawWinners: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Draw"];
            default: components["responses"]["Problem"];
        };
    };
    getDrawLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log, as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawLog"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCoupons: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 300 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ShopCoupon"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    makeCoupon: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client, one for each intent; kept at least 24 hours */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCoupon"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopCoupon"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawCoupon: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                coupon_id: components["parameters"]["CouponId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopCoupon"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listShowCoupons: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 300 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Coupon"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listHeldCoupons: {
        parameters: {
            query: {
                shop_id: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 50, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HeldCoupon"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeCoupon: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CouponByTap"] | components["schemas"]["CouponByCode"];
            };
        };
        responses: {
            /** @description The device has it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldCoupon"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRedPackets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 50 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RedPacket"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openRedPacket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRedPacket"];
            };
        };
        responses: {
            201: components["responses"]["RedPacket"];
            default: components["responses"]["Problem"];
        };
    };
    endRedPacket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                packet_id: components["parameters"]["PacketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["RedPacket"];
            default: components["responses"]["Problem"];
        };
    };
    openEnvelope: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                packet_id: components["parameters"]["PacketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: components["responses"]["RedPacket"];
            default: components["responses"]["Problem"];
        };
    };
    getRedPacketLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                packet_id: components["parameters"]["PacketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log, as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedPacketLog"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takePrize: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: components["parameters"]["DrawId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Held */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hold: components["schemas"]["Hold"];
                        /** @description Left for others */
                        available: number;
                        now: components["schemas"]["Instant"];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAuctions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 100 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Auction"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openAuction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAuction"];
            };
        };
        responses: {
            201: components["responses"]["Auction"];
            default: components["responses"]["Problem"];
        };
    };
    getAuction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Auction"];
            default: components["responses"]["Problem"];
        };
    };
    cancelAuction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Auction"];
            default: components["responses"]["Problem"];
        };
    };
    bid: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client, one for each intent; kept at least 24 hours */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In the currency of the auction */
                    amount_minor: number;
                };
            };
        };
        responses: {
            201: components["responses"]["Auction"];
            default: components["responses"]["Problem"];
        };
    };
    closeAuction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Auction"];
            default: components["responses"]["Problem"];
        };
    };
    getAuctionLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: components["parameters"]["AuctionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log, as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuctionLog"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    hideMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hidden */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    answerQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is answered */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listQuestions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those still open, oldest first (at most 200), then those answered, the newest first (at most 100); none that is hidden */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Question"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Script"];
            default: components["responses"]["Problem"];
        };
    };
    setScript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    beats: components["schemas"]["NewBeat"][];
                };
            };
        };
        responses: {
            200: components["responses"]["Script"];
            default: components["responses"]["Problem"];
        };
    };
    beginBeat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                beat_id: components["parameters"]["BeatId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The product that it speaks of is pinned as well
                     * @default false
                     */
                    pin?: boolean;
                };
            };
        };
        responses: {
            200: components["responses"]["Script"];
            default: components["responses"]["Problem"];
        };
    };
    sanctionAuthor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChatSanction"];
            };
        };
        responses: {
            /** @description What holds now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatSanction"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    translateMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                seq: components["parameters"]["Seq"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTranslation"];
            };
        };
        responses: {
            /** @description What it says */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Translation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    announce: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description It stands there */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawAnnouncement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing stands there */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    exportChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header row and the messages, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getChatRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ChatRules"];
            default: components["responses"]["Problem"];
        };
    };
    setChatRules: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read; 412 when the resource has changed since, 428 when it is missing */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRules"];
            };
        };
        responses: {
            200: components["responses"]["ChatRules"];
            default: components["responses"]["Problem"];
        };
    };
    listChatSanctions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatSanctionPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    liftChatSanction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                sanction_id: components["parameters"]["SanctionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lifted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    joinRoom: {
        parameters: {
            query?: {
                /** @description The last event seen; the room goes on after it */
                since?: number;
                /** @description The `epoch` of the snapshot that `since` counts in */
                epoch?: string;
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The room is open */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listClaims: {
        parameters: {
            query?: {
                /** @description Only what follows this position; `next_after` of the answer before */
                after?: number;
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimLog"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listShowStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By product, at most 500; a product that is missing has none of it. Parts of bundles count for themselves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ShowStock"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setShowLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                product_id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    units_max?: number;
                    units_per_buyer_max?: number;
                };
            };
        };
        responses: {
            /** @description How the product stands in the show */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShowStock"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDeals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 50 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deals"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    announceDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDeal"];
            };
        };
        responses: {
            /** @description Announced */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                deal_id: components["parameters"]["DealId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description Only what belongs to this show */
                show_id?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Holds, oldest first; places in line, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuyersHolds"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    holdProduct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["HoldWish"];
        responses: {
            /** @description Held */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hold: components["schemas"]["Hold"];
                        /** @description Left for others */
                        available: number;
                        /** @description The server's clock */
                        now: components["schemas"]["Instant"];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: components["parameters"]["ClaimId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Given back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    joinLine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["HoldWish"];
        responses: {
            /** @description In line */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wait"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    leaveLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wait_id: components["parameters"]["WaitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Left */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client, one for each intent; kept at least 24 hours */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrder"];
            };
        };
        responses: {
            /** @description Sold */
            201: {
                headers: {
                    /** @description The order's API address */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuyerOrder"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    placeBasket: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client, one for each intent; kept at least 24 hours */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBasket"];
            };
        };
        responses: {
            /** @description Sold */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Basket"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BuyerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    changeOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                    /** @description Lines with another quantity; the others stay */
                    lines?: components["schemas"]["Pieces"][];
                    expected_total: components["schemas"]["Money"];
                    /** @description How an order that cost nothing is paid now; payment-method-needed asks for it */
                    payment_method?: components["schemas"]["PaymentMethod"];
                };
            };
        };
        responses: {
            200: components["responses"]["BuyerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    askReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client, one for each intent; kept at least 24 hours */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    wish: components["schemas"]["ReturnWish"];
                    reason: components["schemas"]["ReturnReason"];
                    note?: string;
                    lines: components["schemas"]["Pieces"][];
                };
            };
        };
        responses: {
            201: components["responses"]["Return"];
            default: components["responses"]["Problem"];
        };
    };
    beginPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next step */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentStep"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_token: components["parameters"]["OrderToken"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BuyerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                status?: components["schemas"]["OrderStatus"];
                show_id?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SellerOrderPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShopOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SellerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    setOrderStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    status: components["schemas"]["OrderStatus"];
                };
            };
        };
        responses: {
            200: components["responses"]["SellerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    confirmPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SellerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    clearPaymentProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SellerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    refundOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client, one for each intent; kept at least 24 hours */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                shop_id: components["parameters"]["ShopId"];
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In the currency of the order */
                    amount_minor: number;
                    /** @default false */
                    return_stock?: boolean;
                };
            };
        };
        responses: {
            200: components["responses"]["SellerOrder"];
            default: components["responses"]["Problem"];
        };
    };
    listPaymentMethods: {
        parameters: {
            query?: {
                /** @description The show it is bought in; vouchers are for shows alone */
                show_id?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The methods */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentMethods"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPaymentSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setPaymentSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPaymentSettings"];
            };
        };
        responses: {
            /** @description The settings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentSettings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    checkPaymentSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                };
            };
        };
        responses: {
            /** @description What it said */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        result: "works" | "key_refused" | "not_reached" | "no_answer" | "provider_trouble" | "not_understood";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    returnFromPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the order */
            303: {
                headers: {
                    /** @description The order's page */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    takeWebhook: {
        parameters: {
            query?: {
                /** @description Of Mercado Pago, whose signature covers it */
                "data.id"?: string;
                /** @description Of Mercado Pago */
                type?: string;
            };
            header?: never;
            path: {
                provider: string;
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        received: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSandboxPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SandboxPayment"];
            default: components["responses"]["Problem"];
        };
    };
    paySandboxCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string;
                };
            };
        };
        responses: {
            200: components["responses"]["SandboxPayment"];
            default: components["responses"]["Problem"];
        };
    };
    answerSandboxBank: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: components["parameters"]["PaymentReference"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accepted: boolean;
                };
            };
        };
        responses: {
            200: components["responses"]["SandboxPayment"];
            default: components["responses"]["Problem"];
        };
    };
    quoteShipping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    shop_id: components["schemas"]["Id"];
                    show_id?: components["schemas"]["Id"];
                    lines: components["schemas"]["Pieces"][];
                    buyer: {
                        name?: string;
                        phone?: string;
                        address?: string;
                        country?: string;
                        postal_address?: components["schemas"]["PostalAddress"];
                    };
                };
            };
        };
        responses: {
            /** @description The ways to send it, cheapest first; none with a `refusal` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getAddressForm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                country: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The form */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressForm"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShipping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    setShipping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    origin_country: components["schemas"]["Country"];
                    default_weight_g: number;
                    paper_language: components["schemas"]["PaperLanguage"];
                    sender_address: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    createZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Zone"];
        responses: {
            201: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    replaceZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                zone_id: components["parameters"]["ZoneId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Zone"];
        responses: {
            200: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    deleteZone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                zone_id: components["parameters"]["ZoneId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    createPickupPoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["PickupPoint"];
        responses: {
            201: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    replacePickupPoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                point_id: components["parameters"]["PointId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["PickupPoint"];
        responses: {
            200: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    deletePickupPoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                point_id: components["parameters"]["PointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    setCarrier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description An https address with {number} in it */
                    tracking_template: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Shipping"];
            default: components["responses"]["Problem"];
        };
    };
    listParcels: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                state?: components["schemas"]["ParcelState"];
                show_id?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParcelPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setParcelState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                parcel_id: components["parameters"]["ParcelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state: "open" | "packed" | "delivered" | "returned";
                };
            };
        };
        responses: {
            200: components["responses"]["Parcel"];
            default: components["responses"]["Problem"];
        };
    };
    handOverParcel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                parcel_id: components["parameters"]["ParcelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Needed with a tracking number */
                    carrier?: string;
                    tracking_number?: string;
                    weighed_g?: number;
                };
            };
        };
        responses: {
            200: components["responses"]["Parcel"];
            default: components["responses"]["Problem"];
        };
    };
    printParcels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default slip
                     * @enum {string}
                     */
                    paper?: "slip" | "label" | "pick_list";
                    /**
                     * @description Of slips
                     * @default a6
                     * @enum {string}
                     */
                    layout?: "a6" | "a4" | "four_a6_on_a4";
                    parcel_ids?: components["schemas"]["Id"][];
                    show_id?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReturns: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                state?: components["schemas"]["ReturnState"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setReturnState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                return_id: components["parameters"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state: "approved" | "refused" | "received" | "refunded" | "exchanged";
                    /** @description Why it is refused; needed then */
                    answer?: string;
                    /**
                     * @description Whether what was received goes on sale again
                     * @default false
                     */
                    restock?: boolean;
                    exchange_order_id?: components["schemas"]["Id"];
                    /** @description What goes back, shipping included; needed for refunded */
                    amount_minor?: number;
                };
            };
        };
        responses: {
            200: components["responses"]["Return"];
            default: components["responses"]["Problem"];
        };
    };
    getShopBooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ShopBooks"];
            default: components["responses"]["Problem"];
        };
    };
    setCommission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    basis_points: components["schemas"]["BasisPoints"];
                };
            };
        };
        responses: {
            200: components["responses"]["ShopBooks"];
            default: components["responses"]["Problem"];
        };
    };
    getStatement: {
        parameters: {
            query: {
                /** @description What was posted from then on */
                from: components["parameters"]["From"];
                /** @description and before then */
                to: components["parameters"]["To"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getStatementCsv: {
        parameters: {
            query: {
                /** @description What was posted from then on */
                from: components["parameters"]["From"];
                /** @description and before then */
                to: components["parameters"]["To"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header row, the opening balance, the lines, the closing balance; where something was paid in practice, a row of kind `practice` that tells it in its memo and has no amount */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getStatementPdf: {
        parameters: {
            query: {
                /** @description What was posted from then on */
                from: components["parameters"]["From"];
                /** @description and before then */
                to: components["parameters"]["To"];
                /** @description Of its words and numbers; English without it */
                language?: components["parameters"]["PaperLanguage"];
                /** @description Of the place, for the times that are printed */
                utc_offset_min?: components["parameters"]["UtcOffset"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The printed statement */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShowEarnings: {
        parameters: {
            query?: {
                /** @description A shop whose goods the show has in its bag; absent, the shop whose show it is */
                shop_id?: components["parameters"]["ReportShop"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The earnings; zeros before the first sale */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Earnings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShowReport: {
        parameters: {
            query?: {
                /** @description A shop whose goods the show has in its bag; absent, the shop whose show it is */
                shop_id?: components["parameters"]["ReportShop"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report; of a live show up to now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShowReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShowReportMinutesCsv: {
        parameters: {
            query?: {
                /** @description A shop whose goods the show has in its bag; absent, the shop whose show it is */
                shop_id?: components["parameters"]["ReportShop"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Comma-separated values (RFC 4180) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShowReportProductsCsv: {
        parameters: {
            query?: {
                /** @description A shop whose goods the show has in its bag; absent, the shop whose show it is */
                shop_id?: components["parameters"]["ReportShop"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Comma-separated values (RFC 4180) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShowReportBeatsCsv: {
        parameters: {
            query?: {
                /** @description A shop whose goods the show has in its bag; absent, the shop whose show it is */
                shop_id?: components["parameters"]["ReportShop"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Comma-separated values (RFC 4180) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShowReportPdf: {
        parameters: {
            query?: {
                /** @description A shop whose goods the show has in its bag; absent, the shop whose show it is */
                shop_id?: components["parameters"]["ReportShop"];
                /** @description Of its words and numbers; English without it */
                language?: components["parameters"]["PaperLanguage"];
                /** @description Of the place, for the times that are printed */
                utc_offset_min?: components["parameters"]["UtcOffset"];
            };
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The printed report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getBankAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BankAccount"];
            default: components["responses"]["Problem"];
        };
    };
    setBankAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    beneficiary: string;
                    scheme: components["schemas"]["AccountScheme"];
                    account: string;
                    /** @description Its name */
                    bank?: string;
                };
            };
        };
        responses: {
            200: components["responses"]["BankAccount"];
            default: components["responses"]["Problem"];
        };
    };
    eraseBankAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forgotten */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    enterIntoBooks: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client, one for each intent; kept at least 24 hours */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "payment" | "adjustment";
                    amount_minor: number;
                    /**
                     * @description Of a payment, and needed for it
                     * @enum {string}
                     */
                    into?: "bank" | "cash";
                    memo?: string;
                };
            };
        };
        responses: {
            201: components["responses"]["ShopBooks"];
            default: components["responses"]["Problem"];
        };
    };
    checkBooks: {
        parameters: {
            query?: {
                number?: components["schemas"]["Id"];
                hash?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BooksCheck"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPayouts: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openPayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currency: components["schemas"]["Currency"];
                    up_to?: components["schemas"]["Instant"];
                    /** @default 1 */
                    minimum_minor?: number;
                };
            };
        };
        responses: {
            /** @description Nobody is to be paid; no batch was made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedPayout"];
                };
            };
            /** @description The draft, and who is not in it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedPayout"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Payout"];
            default: components["responses"]["Problem"];
        };
    };
    approvePayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Payout"];
            default: components["responses"]["Problem"];
        };
    };
    cancelPayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Payout"];
            default: components["responses"]["Problem"];
        };
    };
    markPayoutPaid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Payout"];
            default: components["responses"]["Problem"];
        };
    };
    getPayoutBankFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header row, and a row a line that is at the bank or paid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    markPayoutLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payout_id: components["parameters"]["PayoutId"];
                line_id: components["parameters"]["LineId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "paid" | "failed";
                    /** @description Why; needed when it failed, and only then */
                    failure?: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Payout"];
            default: components["responses"]["Problem"];
        };
    };
    listCurrencies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By their codes */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Currencies"];
                };
            };
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    listExchangeRates: {
        parameters: {
            query: {
                /** @description Into which currency */
                quote: components["schemas"]["Currency"];
                /** @description Out of this one alone */
                base?: components["schemas"]["Currency"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An item for each currency that a rate is known for */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRates"];
                };
            };
            304: components["responses"]["NotModified"];
            default: components["responses"]["Problem"];
        };
    };
    recordExchangeRates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExchangeRates"];
            };
        };
        responses: {
            /** @description What was new of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedExchangeRates"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listExchangeRateRecords: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRateRecordPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                person_id?: components["schemas"]["Id"];
                shop_id?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRestreams: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restreams"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRestream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRestream"];
            };
        };
        responses: {
            /** @description The target */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeRestream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                restream_id: components["parameters"]["RestreamId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestreamChange"];
            };
        };
        responses: {
            /** @description The target */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteRestream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                restream_id: components["parameters"]["RestreamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listShowRestreams: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShowRestreams"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    chooseRestream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                show_id: components["parameters"]["ShowId"];
                restream_id: components["parameters"]["RestreamId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestreamChoice"];
            };
        };
        responses: {
            /** @description Noted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoints"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookEndpoint"];
            };
        };
        responses: {
            /** @description The endpoint with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointChange"];
            };
        };
        responses: {
            200: components["responses"]["WebhookEndpoint"];
            default: components["responses"]["Problem"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint with its new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is on its way */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
                state?: components["schemas"]["WebhookDeliveryState"];
            };
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
                delivery_id: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is on its way */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    hurryWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
                delivery_id: components["parameters"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is on its way */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    hurryWaitingWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many waited */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hurried: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayDeadWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: components["parameters"]["ShopId"];
                endpoint_id: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
