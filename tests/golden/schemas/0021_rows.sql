UPDATE payment SET rest_back_reason = 'seller';
