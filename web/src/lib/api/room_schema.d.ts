// @generated from api/live-events.yaml by npm run generate; not edited by hand.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ServerFrame: {
            snapshot?: components["schemas"]["Snapshot"];
            events?: components["schemas"]["Event"][];
            state?: components["schemas"]["State"];
            refused?: components["schemas"]["Refused"];
            own?: components["schemas"]["OwnMessage"];
            wanted?: components["schemas"]["Wanted"];
        };
        /**
         * @description What this viewer has ordered in the chat, told to nobody else. Where `chat.takes_orders` is set and the show is
         *     live, a buyer's message is an order when it is one of: `3 x 12`, three of the bag's number 12 (also ×, ✕, ✖, *);
         *     `#12`, `no. 12`, `n.º 12`, `n° 12`, `numéro 12` or `12号`, one; `3件12号` or `12号3件`. Full-width signs are as plain ones,
         *     spaces do not matter, and nothing but marks of exclamation may follow. It is held as if it had been tapped
         *     (`POST /device/holds` with the same answers that hold), and not said; the room hears `taken`.
         */
        Wanted: {
            product_id: components["schemas"]["Id"];
            /** @description Of the bag */
            number: number;
            quantity: number;
            /** @description Why it is not held, as in problem types: sold-out, variant-required, buyer-limit, show-limit, too-many-holds, …; absent when it is */
            refused?: string;
        };
        /** @description What this viewer said, shown to nobody else and not numbered */
        OwnMessage: {
            at: components["schemas"]["Instant"];
            name: string;
            role: components["schemas"]["AuthorRole"];
            text: string;
            /** @constant */
            question?: true;
            lang?: components["schemas"]["Lang"];
        };
        /** @description The room as it is now; what was known before is replaced */
        Snapshot: {
            /** @description In which `seq` counts */
            epoch: string;
            /** @description The newest event this includes */
            seq: number;
            status: components["schemas"]["ShowStatus"];
            video: components["schemas"]["VideoState"];
            /** @description The second camera; absent without one */
            co_host?: components["schemas"]["VideoState"];
            /** @description The server's clock, on which deals start and end */
            now: components["schemas"]["Instant"];
            pinned?: components["schemas"]["ProductCard"];
            /** @description Flash deals that have not ended, oldest first (at most 50); absent without any */
            deals?: components["schemas"]["Deal"][];
            /** @description The last of the chat, oldest first (at most 50) */
            messages: components["schemas"]["ChatMessage"][];
            /**
             * @description Messages can be had in other languages: translateMessage
             * @constant
             */
            translates?: true;
            you: {
                role: components["schemas"]["AuthorRole"];
                /** @description Empty until chosen */
                name: string;
                /**
                 * @description Has bought of the shop
                 * @constant
                 */
                member?: true;
            };
        };
        State: {
            viewers?: number;
            hearts?: number;
            /** @description Orders in this show */
            sold?: number;
            /** @description Products whose stock changed; variants of what is in the bag, too */
            stock?: {
                product_id: components["schemas"]["Id"];
                available: number;
            }[];
            /** @description Deals whose units changed */
            deals?: {
                deal_id: components["schemas"]["Id"];
                left: number;
            }[];
            /** @description Products for which hands went up or down; they go down when the product is pinned */
            hands?: {
                product_id: components["schemas"]["Id"];
                /** @description How many ask for it to be shown */
                count: number;
            }[];
            /** @description The rules of the chat that viewers are told */
            chat?: {
                /** @description What reads as an order is held (Wanted) */
                takes_orders: boolean;
                /** @description Between two messages of one viewer */
                slow_mode_s: number;
                /** @enum {string} */
                who: "everyone" | "members";
                /** @enum {string} */
                links: "allowed" | "off";
            };
            /** @description What stands above the chat; empty: nothing */
            announcement?: string;
            /** @description How many envelopes of the newest red packet are left */
            packet?: {
                packet_id: components["schemas"]["Id"];
                left: number;
            };
        };
        Refused: {
            ref?: string;
            /** @description As in problem types: rate-limited, invalid-field, forbidden, show-not-live, name-needed, chat-timeout, chat-banned, chat-members-only, chat-link, chat-muted-word, chat-duplicate, product-not-in-bag, hands-limit, number-not-in-bag, holds-too-often */
            code: string;
            /** @description Which part; /name: another one is needed */
            path?: string;
            retry_after_ms?: number;
        };
        Event: components["schemas"]["ChatMessage"] | components["schemas"]["MessageHidden"] | components["schemas"]["QuestionAnswered"] | components["schemas"]["Pinned"] | components["schemas"]["Unpinned"] | components["schemas"]["ProductChanged"] | components["schemas"]["Sold"] | components["schemas"]["Offered"] | components["schemas"]["DealAnnounced"] | components["schemas"]["DealEnded"] | components["schemas"]["DrawTold"] | components["schemas"]["AuctionTold"] | components["schemas"]["CouponTold"] | components["schemas"]["Taken"] | components["schemas"]["RedPacketTold"] | components["schemas"]["Burst"] | components["schemas"]["PlanChanged"] | components["schemas"]["BagChanged"] | components["schemas"]["StatusChanged"] | components["schemas"]["VideoChanged"] | components["schemas"]["CoHostChanged"];
        ChatMessage: {
            /** @constant */
            type: "chat";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            name: string;
            role: components["schemas"]["AuthorRole"];
            text: string;
            /**
             * @description A viewer asks: said so, or it reads as a question
             * @constant
             */
            question?: true;
            /**
             * @description The host has answered the question
             * @constant
             */
            answered?: true;
            lang?: components["schemas"]["Lang"];
        };
        MessageHidden: {
            /** @constant */
            type: "hidden";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            hidden_seq: components["schemas"]["Seq"];
        };
        QuestionAnswered: {
            /** @constant */
            type: "answered";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            answered_seq: components["schemas"]["Seq"];
        };
        Pinned: {
            /** @constant */
            type: "pinned";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            product: components["schemas"]["ProductCard"];
        };
        Unpinned: {
            /** @constant */
            type: "unpinned";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
        };
        /** @description Title, price or photo changed; also sent when a product joins the bag */
        ProductChanged: {
            /** @constant */
            type: "product";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            product: components["schemas"]["ProductCard"];
        };
        /** @description Told only once the order is durable; one for each line of it */
        Sold: {
            /** @constant */
            type: "sold";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            /** @description "no. 12" of this show */
            number: number;
            /** @description The buyer's chat name, or the first word of the name given */
            name: string;
            product_id: components["schemas"]["Id"];
            title: string;
            quantity: number;
        };
        /**
         * @description What fell back is held for the first who waited. Only the device that has this wait (`GET /device/holds` told it)
         *     asks for its holds then; the others have moved up.
         */
        Offered: {
            /** @constant */
            type: "offered";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            product_id: components["schemas"]["Id"];
            wait_id: components["schemas"]["Id"];
        };
        /**
         * @description From `starts_at` until `ends_at`, by the server's clock, the product costs this price in the show, for as many units
         *     as `left` says.
         */
        DealAnnounced: {
            /** @constant */
            type: "deal_announced";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            deal: components["schemas"]["Deal"];
        };
        /** @description What is held under it keeps its price until the hold ends */
        DealEnded: {
            /** @constant */
            type: "deal_ended";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            deal_id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
            /** @enum {string} */
            reason: "over" | "withdrawn";
        };
        /** @description A lucky draw was opened, drawn or called off; this is how it stands */
        DrawTold: {
            /** @constant */
            type: "draw";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            draw: {
                id: components["schemas"]["Id"];
                prize: string;
                product_id?: components["schemas"]["Id"];
                /** @enum {string} */
                state: "open" | "drawn" | "cancelled";
                /** @enum {string} */
                who: "everybody" | "buyers";
                winners_max: number;
                closes_at: components["schemas"]["Instant"];
                /** @description SHA-256 of the seed, hexadecimal */
                commitment: string;
                /** @description When it was told */
                entries: number;
                winners: {
                    number: number;
                    name: string;
                }[];
            };
        };
        /** @description A hold that was asked for in the chat is durable; what is bought of it is told as `sold` */
        Taken: {
            /** @constant */
            type: "taken";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            name: string;
            product_id: components["schemas"]["Id"];
            /** @description Of the bag */
            number: number;
            quantity: number;
        };
        /** @description A red packet was opened or is over; this is how it stands. How many are left meanwhile is the state `packet` */
        RedPacketTold: {
            /** @constant */
            type: "red_packet";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            packet: {
                id: components["schemas"]["Id"];
                title: string;
                /** @enum {string} */
                state: "open" | "over";
                /** @enum {string} */
                split: "even" | "lucky";
                total: components["schemas"]["Price"];
                min_order: components["schemas"]["Price"];
                envelopes: number;
                /** @description When it was told */
                left: number;
                closes_at: components["schemas"]["Instant"];
            };
        };
        /**
         * @description So many viewers cheered at once: a tenth of them, at least 3 and at most 100, gave hearts or wrote "geili" within 5
         *     seconds. None follows another within 20 seconds
         */
        Burst: {
            /** @constant */
            type: "burst";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            cheers: number;
        };
        /** @description Title or start were planned anew */
        PlanChanged: {
            /** @constant */
            type: "plan";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            title: string;
            starts_at: components["schemas"]["Instant"];
        };
        /** @description The bag was put in another order, or something left it; what joins it is told by `product` */
        BagChanged: {
            /** @constant */
            type: "bag";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            /** @description All of it in its order */
            product_ids: components["schemas"]["Id"][];
        };
        /** @description A coupon of the show can be taken by a tap, or none is left of it; listShowCoupons tells its terms */
        CouponTold: {
            /** @constant */
            type: "coupon";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            coupon_id: components["schemas"]["Id"];
            /** @description When it was told */
            left: number;
        };
        /**
         * @description An auction as it stands, and what made it so: it was opened, bid on, extended by a bid, closed or called off; what
         *     was won was offered to the next, bought, or given back with nobody next
         */
        AuctionTold: {
            /** @constant */
            type: "auction";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            auction: {
                id: components["schemas"]["Id"];
                product_id: components["schemas"]["Id"];
                title: string;
                /** @enum {string} */
                news: "opened" | "bid" | "extended" | "closed" | "cancelled" | "offered" | "bought" | "lapsed";
                /** @enum {string} */
                state: "open" | "closed" | "cancelled";
                /** @enum {string} */
                mode: "extend" | "sudden_death";
                extend_s: number;
                start: components["schemas"]["Price"];
                step: components["schemas"]["Price"];
                bids: number;
                closes_at: components["schemas"]["Instant"];
                /** @description The highest bid; `bid` is its line in the log */
                lead?: {
                    bid: number;
                    name: string;
                    price: components["schemas"]["Price"];
                };
                /** @description Who was offered it last, once it is closed */
                offer?: {
                    bid: number;
                    name: string;
                    price: components["schemas"]["Price"];
                    /** @enum {string} */
                    state: "held" | "bought" | "lapsed";
                };
            };
        };
        StatusChanged: {
            /** @constant */
            type: "status";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            status: components["schemas"]["ShowStatus"];
        };
        VideoChanged: {
            /** @constant */
            type: "video";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            video: components["schemas"]["VideoState"];
        };
        /** @description The second camera, whose picture stands beside the first */
        CoHostChanged: {
            /** @constant */
            type: "co_host";
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Instant"];
            video: components["schemas"]["VideoState"];
        };
        Price: {
            minor: number;
            currency: string;
        };
        ProductCard: {
            product_id: components["schemas"]["Id"];
            title: string;
            price: components["schemas"]["Price"];
            /** @description Address of the small picture */
            photo?: string;
            available: number;
            /**
             * @description It is sold in its variants alone, and the price is that of the cheapest
             * @constant
             */
            has_variants?: true;
        };
        Deal: {
            deal_id: components["schemas"]["Id"];
            product_id: components["schemas"]["Id"];
            price: components["schemas"]["Price"];
            units: number;
            /** @description Units that nobody holds or has bought at this price */
            left: number;
            units_per_buyer_max: number;
            /** @description 0: not paid by voucher */
            vouchers_max: number;
            starts_at: components["schemas"]["Instant"];
            ends_at: components["schemas"]["Instant"];
        };
        Command: components["schemas"]["SendChat"] | components["schemas"]["SendHearts"] | components["schemas"]["RaiseHand"] | components["schemas"]["LowerHand"];
        SendChat: {
            /** @constant */
            type: "chat";
            ref?: components["schemas"]["Ref"];
            text: string;
            /** @description It asks something, whether it reads so or not */
            question?: boolean;
            /** @description The language of the page it was written on */
            lang?: string;
        };
        SendHearts: {
            /** @constant */
            type: "hearts";
            ref?: components["schemas"]["Ref"];
            count: number;
        };
        /**
         * @description Asks the host to show a product: one hand of a person for a product, until it is shown. Where it is up already,
         *     or the product is shown now, nothing changes.
         */
        RaiseHand: {
            /** @constant */
            type: "raise_hand";
            ref?: components["schemas"]["Ref"];
            product_id: components["schemas"]["Id"];
        };
        LowerHand: {
            /** @constant */
            type: "lower_hand";
            ref?: components["schemas"]["Ref"];
            product_id: components["schemas"]["Id"];
        };
        Ref: string;
        Id: string;
        /**
         * @description The primary subtag (BCP 47) of the language it is in, as far as the page it was written on and its script tell;
         *     `zxx`: it has no words; absent: not known.
         */
        Lang: string;
        Seq: number;
        /** Format: date-time */
        Instant: string;
        /** @enum {string} */
        ShowStatus: "scheduled" | "live" | "ended";
        /** @enum {string} */
        VideoState: "none" | "live" | "away";
        /** @enum {string} */
        AuthorRole: "viewer" | "host" | "helper";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
