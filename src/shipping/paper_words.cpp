#include "shipping/paper_words.hpp"

namespace geili::shipping {
namespace {

constexpr PaperWords kEnglish{.slip = "Packing slips",
                              .label = "Address labels",
                              .pick_list = "Pick list",
                              .box = "Box {}",
                              .order = "Order {}",
                              .orders = "Orders {}",
                              .pieces_one = "1 piece",
                              .pieces = "{} pieces",
                              .item = "Item",
                              .quantity = "Qty",
                              .price = "Price {}",
                              .shipping = "Shipping",
                              .elsewhere = "In other parcels",
                              .coupon = "Coupon",
                              .total = "Total",
                              .note = "Note",
                              .gift = "GIFT – no prices inside",
                              .scan = "Scan to see your order",
                              .from = "From",
                              .to = "To",
                              .phone = "Tel. {}",
                              .weight = "{} g",
                              .boxes = "Boxes",
                              .nothing = "There is nothing to fetch."};

constexpr PaperWords kChinese{.slip = "装箱单",
                              .label = "地址标签",
                              .pick_list = "拣货单",
                              .box = "第 {} 箱",
                              .order = "订单 {}",
                              .orders = "订单 {}",
                              .pieces_one = "1 件",
                              .pieces = "{} 件",
                              .item = "商品",
                              .quantity = "数量",
                              .price = "金额 {}",
                              .shipping = "运费",
                              .elsewhere = "在其他包裹中",
                              .coupon = "优惠券",
                              .total = "合计",
                              .note = "备注",
                              .gift = "礼物：请勿放入价格",
                              .scan = "扫码查看订单",
                              .from = "寄件人",
                              .to = "收件人",
                              .phone = "电话 {}",
                              .weight = "{} 克",
                              .boxes = "箱号",
                              .nothing = "没有要拣的商品。"};

constexpr PaperWords kSpanish{.slip = "Notas de empaque",
                              .label = "Etiquetas de envío",
                              .pick_list = "Lista de surtido",
                              .box = "Caja {}",
                              .order = "Pedido {}",
                              .orders = "Pedidos {}",
                              .pieces_one = "1 pieza",
                              .pieces = "{} piezas",
                              .item = "Artículo",
                              .quantity = "Cant.",
                              .price = "Importe {}",
                              .shipping = "Envío",
                              .elsewhere = "En otros paquetes",
                              .coupon = "Cupón",
                              .total = "Total",
                              .note = "Nota",
                              .gift = "REGALO – sin precios",
                              .scan = "Escanee para ver su pedido",
                              .from = "Remitente",
                              .to = "Destinatario",
                              .phone = "Tel. {}",
                              .weight = "{} g",
                              .boxes = "Cajas",
                              .nothing = "No hay nada que surtir."};

constexpr PaperWords kFrench{.slip = "Bons de colis",
                             .label = "Étiquettes d’adresse",
                             .pick_list = "Liste de prélèvement",
                             .box = "Colis {}",
                             .order = "Commande {}",
                             .orders = "Commandes {}",
                             .pieces_one = "1 pièce",
                             .pieces = "{} pièces",
                             .item = "Article",
                             .quantity = "Qté",
                             .price = "Prix {}",
                             .shipping = "Livraison",
                             .elsewhere = "Dans d’autres colis",
                             .coupon = "Bon de réduction",
                             .total = "Total",
                             .note = "Remarque",
                             .gift = "CADEAU – sans prix",
                             .scan = "Scannez pour voir votre commande",
                             .from = "Expéditeur",
                             .to = "Destinataire",
                             .phone = "Tél. {}",
                             .weight = "{} g",
                             .boxes = "Colis",
                             .nothing = "Il n’y a rien à prélever."};

}  // namespace

const PaperWords& paper_words(paper::Language language) {
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

}  // namespace geili::shipping
