#include "flows/show_report_words.hpp"

namespace geili::flows {
namespace {

constexpr ShowReportWords kEnglish{
    .title = "Report of a show",
    .still_live = "The show is still live: these are its figures up to now.",
    .takings = "Goods sold",
    .coupons = "Off by coupons",
    .orders_and_buyers = "{} orders of {} buyers",
    .units = "Pieces",
    .viewers_peak = "Viewers at most",
    .viewers_mean = "Viewers on average",
    .watched_minutes = "Minutes watched, all together",
    .hearts = "Hearts",
    .messages = "Messages",
    .not_paid = "{} orders were not paid, and went back: {}",
    .products = "Products",
    .product = "Product",
    .shown = "Shown",
    .viewers = "Viewers",
    .buyers = "Buyers",
    .conversion = "Bought",
    .holds_lost = "Held, not bought",
    .over_time = "Over time",
    .time = "Time",
    .orders = "Orders",
    .drop = "At {} the most left: {}",
    .minutes_unit = "min",
    .questions = "Questions",
    .questions_answered = "Questions answered",
    .script = "The script",
    .beat = "Beat",
    .takings_per_minute = "Sold per minute",
    .beat_kinds = {"Opening", "Story", "Price", "Urgency", "Close"}};

constexpr ShowReportWords kChinese{.title = "直播报告",
                                   .still_live = "直播仍在进行：以下为截至目前的数据。",
                                   .takings = "商品销售额",
                                   .coupons = "优惠券抵扣",
                                   .orders_and_buyers = "{} 笔订单，{} 位买家",
                                   .units = "件数",
                                   .viewers_peak = "最高观看人数",
                                   .viewers_mean = "平均观看人数",
                                   .watched_minutes = "总观看分钟数",
                                   .hearts = "点赞",
                                   .messages = "留言",
                                   .not_paid = "{} 笔订单未付款，已退回：{}",
                                   .products = "商品",
                                   .product = "商品",
                                   .shown = "讲解时长",
                                   .viewers = "观看人数",
                                   .buyers = "买家",
                                   .conversion = "购买率",
                                   .holds_lost = "预留未买",
                                   .over_time = "时间走势",
                                   .time = "时间",
                                   .orders = "订单",
                                   .drop = "{} 离开的人最多：{}",
                                   .minutes_unit = "分钟",
                                   .questions = "提问",
                                   .questions_answered = "已回答",
                                   .script = "直播脚本",
                                   .beat = "环节",
                                   .takings_per_minute = "每分钟销售额",
                                   .beat_kinds = {"开场", "故事", "价格", "催单", "收尾"}};

constexpr ShowReportWords kSpanish{
    .title = "Informe del show",
    .still_live = "El show sigue en vivo: estas son las cifras hasta ahora.",
    .takings = "Mercancía vendida",
    .coupons = "Descuento por cupones",
    .orders_and_buyers = "{} pedidos de {} compradores",
    .units = "Piezas",
    .viewers_peak = "Máximo de espectadores",
    .viewers_mean = "Promedio de espectadores",
    .watched_minutes = "Minutos vistos en total",
    .hearts = "Corazones",
    .messages = "Mensajes",
    .not_paid = "{} pedidos no se pagaron y se devolvieron: {}",
    .products = "Productos",
    .product = "Producto",
    .shown = "En pantalla",
    .viewers = "Espectadores",
    .buyers = "Compradores",
    .conversion = "Compró",
    .holds_lost = "Apartado sin comprar",
    .over_time = "A lo largo del tiempo",
    .time = "Tiempo",
    .orders = "Pedidos",
    .drop = "En {} se fue más gente: {}",
    .minutes_unit = "min",
    .questions = "Preguntas",
    .questions_answered = "Preguntas respondidas",
    .script = "El guion",
    .beat = "Momento",
    .takings_per_minute = "Vendido por minuto",
    .beat_kinds = {"Apertura", "Historia", "Precio", "Urgencia", "Cierre"}};

constexpr ShowReportWords kFrench{
    .title = "Bilan du direct",
    .still_live = "Le direct est encore en cours : voici les chiffres jusqu’ici.",
    .takings = "Marchandises vendues",
    .coupons = "Remises des bons",
    .orders_and_buyers = "{} commandes de {} acheteurs",
    .units = "Pièces",
    .viewers_peak = "Spectateurs au plus",
    .viewers_mean = "Spectateurs en moyenne",
    .watched_minutes = "Minutes regardées en tout",
    .hearts = "Cœurs",
    .messages = "Messages",
    .not_paid = "{} commandes n’ont pas été payées et sont revenues : {}",
    .products = "Produits",
    .product = "Produit",
    .shown = "Présenté",
    .viewers = "Spectateurs",
    .buyers = "Acheteurs",
    .conversion = "Ont acheté",
    .holds_lost = "Réservé, pas acheté",
    .over_time = "Au fil du temps",
    .time = "Moment",
    .orders = "Commandes",
    .drop = "À {}, le plus de départs : {}",
    .minutes_unit = "min",
    .questions = "Questions",
    .questions_answered = "Questions répondues",
    .script = "Le script",
    .beat = "Moment",
    .takings_per_minute = "Vendu par minute",
    .beat_kinds = {"Ouverture", "Histoire", "Prix", "Urgence", "Conclusion"}};

}  // namespace

const ShowReportWords& show_report_words(paper::Language language) {
  switch (language) {
    case paper::Language::en:
      return kEnglish;
    case paper::Language::zh:
      return kChinese;
    case paper::Language::es:
      return kSpanish;
    case paper::Language::fr:
      return kFrench;
  }
  return kEnglish;
}

}  // namespace geili::flows
